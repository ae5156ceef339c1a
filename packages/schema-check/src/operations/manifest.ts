import { GraphQLError, parse, separateOperations } from 'graphql';
import { z } from 'zod';
import type { Finding } from '../report/finding.ts';

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
const manifestShape = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      name: z.string(),
      type: z.enum(['query', 'mutation', 'subscription']),
      body: z.string().min(1),
    }),
  ),
});

export interface Manifest {
  /** Those whose body is one operation. */
  readonly operations: readonly { readonly id: string; readonly body: string }[];
  readonly findings: readonly Finding[];
}

/**
 * Reads a persisted-query manifest in Apollo's format.
 * @param file what the findings name
 */
export function readManifest(text: string, file: string): Manifest {
  const parsed = manifestShape.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
    return { operations: [], findings: [invalid(file, `${where}${issue?.message ?? 'not JSON'}`)] };
  }
  const findings: Finding[] = [];
  const operations = parsed.data.operations.filter(({ name, body }) => {
    const problem = problemOf(body);
    if (problem !== null) findings.push(invalid(file, `the body of ${name}: ${problem}`));
    return problem === null;
  });
  return { operations, findings };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function problemOf(body: string): string | null {
  try {
    const count = Object.keys(separateOperations(parse(body))).length;
    return count === 1 ? null : `expected one operation, found ${count}`;
  } catch (error) {
    if (error instanceof GraphQLError) return error.message;
    throw error;
  }
}

function invalid(file: string, found: string): Finding {
  return {
    step: 'operations',
    level: 'error',
    code: 'MANIFEST_INVALID',
    message: `Expected ${file} to be a persisted-query manifest in Apollo's format (version 1), and found ${found}.`,
    mend: "Generate it again from the client's documents, or delete it: the documents beside it are checked anyway.",
    file,
  };
}
