import { type DocumentNode, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphPlanner } from '../planning/planner.ts';
import type { Supergraph } from '../supergraph.ts';
import { operationOf } from './answers.ts';
import { compileOperation } from './compile-operation.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { withoutDefers } from './deferred/label-defers.ts';
import { operationKey } from './operation-key.ts';
import { operationWeight } from './operation-weight.ts';
import { prepareOperation } from './prepare-operation.ts';

/** An operation as it was sent, and is to be planned. */
export interface SentOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  /** Labels of @override that are active, of those that its plan may depend on. */
  readonly labels: ReadonlySet<string>;
}

/** The operations of a supergraph that are planned and compiled: those used last, as many as there is memory for. */
export interface CompiledOperations {
  /**
   * Plans and compiles an operation once, however many ask for it at the same time and however they have written it.
   * @param hash of the document's text
   * @throws {GraphQLError} when there is no such operation, or no way to answer it; the next one who asks tries again
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
  /** About how much memory it takes, in bytes. */
  readonly weight: number;
  uses: number;
}

export interface CompiledOperationsOptions {
  readonly supergraph: Supergraph;
  readonly planner: GraphPlanner;
  /** How much memory those that are kept may take, about. */
  readonly maxBytes: number;
  /** Told of an operation with @defer that has no plan in parts, and why, and is answered at once. */
  readonly onNotDeferred?: (operationName: string | undefined, error: unknown) => void;
}

/** What a text that is known takes, beside its characters; and its part of the memory for operations. */
const [ofText, partForTexts] = [200, 0.1];

export function compiledOperations({
  supergraph,
  planner,
  maxBytes,
  onNotDeferred,
}: CompiledOperationsOptions): CompiledOperations {
  const byKey = new LRUCache<string, Entry>({ maxSize: maxBytes, sizeCalculation: ({ weight }) => weight });
  // One operation may be sent in several forms; the key of a text that is known need not be printed.
  const keys = new LRUCache<string, string>({
    maxSize: Math.ceil(maxBytes * partForTexts),
    sizeCalculation: (key, text) => ofText + key.length + text.length,
  });
  const underWay = new Map<string, Promise<Entry>>();

  const planAndCompile = async (
    key: string,
    { document, operationName, labels }: SentOperation,
  ): Promise<Pick<Entry, 'compiled' | 'weight'>> => {
    const prepared = prepareOperation(supergraph, document, operationName);
    try {
      const planned = await planner.plan(prepared.toPlan, operationName, labels);
      return {
        compiled: compileOperation(supergraph, prepared, planned),
        weight: operationWeight(key, planned),
      };
    } catch (error) {
      if (prepared.clientLabels.size === 0) throw error;
      // The planner has no plan in parts for some that have one: a server may answer all at once, and what is wrong with
      // the operation itself is told then.
      const whole = { document: withoutDefers(document), operationName, labels };
      const compiled = await planAndCompile(key, whole);
      onNotDeferred?.(operationOf(document, operationName).name?.value, error);
      return compiled;
    }
  };
  const compile = async (key: string, sent: SentOperation): Promise<Entry> => {
    const entry = { ...sent, key, ...(await planAndCompile(key, sent)), uses: 0 };
    byKey.set(key, entry);
    return entry;
  };
  const keyOf = ({ document, operationName, labels }: SentOperation) =>
    [...labels, operationKey(document, operationName)].join('\n');
  const findByKey = (key: string, sent: SentOperation): Entry | Promise<Entry> => {
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
      const textKey = [hash, sent.operationName ?? '', ...sent.labels].join('\n');
      let key = keys.get(textKey);
      if (key === undefined) {
        key = keyOf(sent);
        keys.set(textKey, key);
      }
      const entry = await findByKey(key, sent);
      entry.uses += 1;
      return entry;
    },
    mostUsed: (count) => [...byKey.values()].sort((a, b) => b.uses - a.uses).slice(0, count),
    async warm(operations) {
      let warmed = 0;
      for (const { document, operationName, labels, uses } of operations) {
        try {
          if (validate(supergraph.apiSchema, document).length > 0) continue;
          const known = supergraph.overrideLabels.of(document).filter((label) => labels.has(label));
          const sent = { document, operationName, labels: new Set(known) };
          const entry = await findByKey(keyOf(sent), sent);
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
      keys.clear();
    },
  };
}
