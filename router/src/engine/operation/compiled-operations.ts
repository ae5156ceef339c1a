import { type DocumentNode, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphPlanner } from '../planning/planner.ts';
import type { Supergraph } from '../supergraph.ts';
import { type CompiledOperation, compileOperation, planningDocument } from './compile-operation.ts';
import { operationKey } from './operation-key.ts';

/** An operation as it was sent. */
export interface SentOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

/** The operations of a supergraph that are planned and compiled: those used last. */
export interface CompiledOperations {
  /**
   * Plans and compiles an operation once, however many ask for it at the same time and however they have written it.
   * @param hash of the document's text
   * @throws {GraphQLError} as compileOperation does; the next one who asks tries again
   */
  find(hash: string, sent: SentOperation): Promise<FoundOperation>;
  /** The operations that were asked for most, most first. */
  mostUsed(count: number): readonly (SentOperation & { readonly uses: number })[];
  /** Plans ahead what is valid here of the operations of another supergraph. What fails is left to whoever asks for it. */
  warm(operations: ReturnType<CompiledOperations['mostUsed']>): Promise<number>;
  clear(): void;
}

export interface FoundOperation extends SentOperation {
  readonly compiled: CompiledOperation;
  /** The same for the same operation, and for no other. */
  readonly key: string;
}

interface Entry extends FoundOperation {
  uses: number;
}

export interface CompiledOperationsOptions {
  readonly supergraph: Supergraph;
  readonly planner: GraphPlanner;
  /** How many are kept. */
  readonly most: number;
}

export function compiledOperations({
  supergraph,
  planner,
  most,
}: CompiledOperationsOptions): CompiledOperations {
  const byKey = new LRUCache<string, Entry>({ max: most });
  // One operation may be sent in several forms; what is found by its text need not be printed.
  const byText = new LRUCache<string, Entry>({ max: most * 2 });
  const underWay = new Map<string, Promise<Entry>>();

  const compile = async (key: string, { document, operationName }: SentOperation): Promise<Entry> => {
    const plan = await planner.plan(planningDocument(supergraph, document), operationName);
    const compiled = compileOperation(supergraph, document, operationName, plan);
    const entry = { key, document, operationName, compiled, uses: 0 };
    byKey.set(key, entry);
    return entry;
  };
  const findByKey = (sent: SentOperation): Entry | Promise<Entry> => {
    const key = operationKey(sent.document, sent.operationName);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    let waited = underWay.get(key);
    if (waited === undefined) {
      waited = compile(key, sent).finally(() => underWay.delete(key));
      underWay.set(key, waited);
    }
    return waited;
  };

  return {
    async find(hash, sent) {
      const textKey = `${hash} ${sent.operationName ?? ''}`;
      let entry = byText.get(textKey);
      if (entry === undefined) {
        entry = await findByKey(sent);
        byText.set(textKey, entry);
      } else byKey.get(entry.key);
      entry.uses += 1;
      return entry;
    },
    mostUsed: (count) => [...byKey.values()].sort((a, b) => b.uses - a.uses).slice(0, count),
    async warm(operations) {
      let warmed = 0;
      for (const { document, operationName, uses } of operations) {
        try {
          if (validate(supergraph.apiSchema, document).length > 0) continue;
          const entry = await findByKey({ document, operationName });
          entry.uses = uses;
          warmed += 1;
        } catch {
          // Without a plan there: who asks for it is told why.
        }
      }
      return warmed;
    },
    clear() {
      byKey.clear();
      byText.clear();
    },
  };
}
