import type { GraphQLError } from 'graphql';
import type { Finding } from '../report/finding.ts';
import { brokenUses } from './broken-uses.ts';
import type { KnownOperation } from './known-operation.ts';
import {
  breakingChange,
  invalidOperation,
  noteworthyChange,
  refusedOperation,
} from './operation-findings.ts';
import type { JudgedOperation, OperationsCheck } from './operations-check.ts';
import { type SchemaUse, schemaUseOf } from './schema-use.ts';
import { documentOf, refusalsOf } from './validate-operation.ts';

/**
 * Whom the changes of a schema break. A breaking change that some operation uses is an error that names every such
 * operation; one that none uses is said to be free. An operation that was invalid before is told apart.
 */
export async function checkOperations(check: OperationsCheck): Promise<Finding[]> {
  const judged = check.operations.map((operation, index) => {
    if (index % 50 === 0) check.progress?.(`operations: ${index} of ${check.operations.length}`);
    return judge(operation, check);
  });
  const valid = judged.flatMap((one) => ('use' in one ? one : []));
  const invalid = judged.flatMap((one) =>
    'use' in one ? [] : invalidOperation(one.operation, one.refusals, check),
  );

  const findings: Finding[] = [...invalid];
  const explained = new Set<KnownOperation>();
  for (const change of check.changes) {
    if (change.level === 'breaking') {
      const uses = await brokenUses(change, valid, check);
      for (const { operation } of uses) if (operation) explained.add(operation);
      findings.push(
        breakingChange(
          change,
          uses.map(({ use }) => use),
          check,
        ),
      );
    } else {
      findings.push(...noteworthyChange(change, valid, check));
    }
  }
  for (const { operation, refusals } of valid) {
    if (refusals.length > 0 && !explained.has(operation))
      findings.push(refusedOperation(operation, refusals));
  }
  return findings;
}

function judge(
  operation: KnownOperation,
  { before, after }: OperationsCheck,
): JudgedOperation | { readonly operation: KnownOperation; readonly refusals: readonly GraphQLError[] } {
  const document = documentOf(operation);
  const refusals = refusalsOf(document, after);
  if (refusals.length > 0 && (before === null || refusalsOf(document, before).length > 0)) {
    return { operation, refusals };
  }
  return judgedOnDemand(operation, refusals, () => schemaUseOf(document, before ?? after));
}

/** Most changes concern nobody, and then nobody's use has to be read. */
function judgedOnDemand(
  operation: KnownOperation,
  refusals: readonly GraphQLError[],
  read: () => SchemaUse,
): JudgedOperation {
  let use: SchemaUse | undefined;
  let refusedAt: ReadonlySet<string> | undefined;
  const judged: JudgedOperation = {
    operation,
    refusals,
    get use() {
      use ??= read();
      return use;
    },
    get refusedAt() {
      refusedAt ??= new Set(refusals.flatMap(({ nodes = [] }) => nodes.flatMap(judged.use.coordinatesAt)));
      return refusedAt;
    },
  };
  return judged;
}
