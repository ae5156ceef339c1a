import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';

/** A part of the graph, cut out by tags, that some clients are given instead of the whole. */
export interface ContractVariant {
  readonly name: string;
  /** When not empty, a field of an object or interface and a union are in only with one of these tags. */
  readonly include: readonly string[];
  /** What has one of these tags is out. */
  readonly exclude: readonly string[];
  /** The clients that are given it. Null: whose operations it can answer. */
  readonly clients: readonly string[] | null;
  /** Where it is defined, counted from 1. */
  readonly line?: number;
}

export interface ContractVariants {
  readonly variants: readonly ContractVariant[];
  /** What is wrong with the file; then it defines no variant. */
  readonly findings: readonly Finding[];
}

/** Relative to the root of the repository. */
export const contractsFile = 'schema/contracts.yaml';

const tag = z.string().regex(/^[a-zA-Z0-9/-]{1,128}$/, 'expected a tag of letters, digits, - and /');
const fileShape = z.strictObject({
  variants: z.record(
    z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a name of lower-case letters, digits and hyphens'),
    z.strictObject({
      include: z.array(tag).default([]),
      exclude: z.array(tag).default([]),
      clients: z.array(z.string().min(1)).nullable().default(null),
    }),
  ),
});

/** Reads the text of a contracts file. */
export function contractVariants(text: string): ContractVariants {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (key: readonly PropertyKey[]) => {
    const node = key.length === 0 ? null : document.getIn(key, true);
    return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
  };
  const [syntax] = document.errors;
  if (syntax) return { variants: [], findings: [invalid(syntax.message, lines.linePos(syntax.pos[0]).line)] };
  const parsed = fileShape.safeParse(document.toJS());
  if (!parsed.success) {
    return {
      variants: [],
      findings: parsed.error.issues.map(({ path, message }) =>
        invalid(`${path.join('.') || 'the file'}: ${message}`, lineOf(path)),
      ),
    };
  }
  const variants = Object.entries(parsed.data.variants).map(([name, variant]) => {
    const line = lineOf(['variants', name]);
    return { name, ...variant, ...(line === undefined ? {} : { line }) };
  });
  return { variants, findings: [] };
}

function invalid(problem: string, line: number | undefined): Finding {
  return {
    step: 'contracts',
    level: 'error',
    code: 'CONTRACTS_INVALID',
    message: `Expected variants with tags to include and exclude, and found: ${problem}`,
    mend: 'Write each as `  storefront: { exclude: [staff], clients: [storefront] }` under the key `variants`.',
    file: contractsFile,
    ...(line === undefined ? {} : { line }),
  };
}
