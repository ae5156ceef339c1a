import { diffSchemas } from '../diff/diff-schemas.ts';
import type { GraphVersion } from '../graph/graph-version.ts';
import { placeInSchema } from '../graph/places-in-schema.ts';
import type { Finding } from '../report/finding.ts';
import type { CheckContext, Step } from '../step.ts';
import { checkOperations } from './check-operations.ts';
import { formerDocuments } from './former-documents.ts';
import type { KnownOperation } from './known-operation.ts';
import { noLongerAmong } from './known-operations.ts';
import type { OperationsCheck } from './operations-check.ts';

/** Whom the changes of the API schema break, by the operations that clients are known to send. */
export const operationsStep: Step = async (before, after, context) => {
  if (!after.apiSchema) return [];
  const check: Omit<OperationsCheck, 'operations'> = {
    before: before?.apiSchema ?? null,
    after: after.apiSchema,
    changes: before?.apiSchema ? await diffSchemas(before.apiSchema, after.apiSchema) : [],
    usage: context.usage,
    since: context.since,
    now: context.now,
    placeOf: (coordinate) =>
      placeInSchema(after, coordinate) ?? (before ? placeInSchema(before, coordinate) : undefined),
    progress: context.progress,
  };
  const former = formerOperations(before, context);
  const findings = await checkOperations({ ...check, operations: context.operations });
  return [
    ...withoutOperations(check.changes, context.operations),
    ...findings.map((finding) => newDocumentIsWrong(finding, before, former.files)),
    ...(await formerFindings({ ...check, operations: former.operations, usage: null })),
  ];
};

/** What the base's documents were, when the base is a commit. */
function formerOperations(before: GraphVersion | null, { root, operations }: CheckContext) {
  if (!before?.revision) return { operations: [], files: null };
  const former = formerDocuments(root, before.revision);
  return { operations: noLongerAmong(operations, former.operations), files: former.files };
}

/**
 * An operation that this very change takes out of schema/operations is still sent by the clients that are out there. It
 * does not fail the check, as taking it out says that it is no longer sent; the record of use knows better.
 */
async function formerFindings(check: OperationsCheck): Promise<Finding[]> {
  if (check.operations.length === 0) return [];
  const findings = await checkOperations(check);
  return findings.flatMap((finding) =>
    finding.level === 'error'
      ? [
          {
            ...finding,
            level: 'warning' as const,
            message: `${finding.message}\nThis change takes that document out or edits it; clients that were released before may still send it.`,
            mend: 'Release the clients first and change the schema after, when the record of use (--usage) shows that it is no longer sent.',
          },
        ]
      : [],
  );
}

/** A document that came with this change was not there to be invalid before. */
function newDocumentIsWrong(
  finding: Finding,
  before: GraphVersion | null,
  formerFiles: ReadonlySet<string> | null,
): Finding {
  const isNew = finding.file !== undefined && formerFiles !== null && !formerFiles.has(finding.file);
  if (finding.code !== 'OPERATION_INVALID_BEFORE' || !isNew) return finding;
  const errors = finding.details?.['errors'] as readonly string[];
  return {
    ...finding,
    level: 'error',
    code: 'OPERATION_INVALID',
    message: `${finding.coordinate} is new since ${before?.label} and does not fit the graph:\n${errors.map((message) => `  - ${message}`).join('\n')}`,
    mend: 'Correct the document.',
  };
}

function withoutOperations(
  changes: OperationsCheck['changes'],
  operations: readonly KnownOperation[],
): Finding[] {
  if (operations.length > 0 || !changes.some(({ level }) => level === 'breaking')) return [];
  return [
    {
      step: 'operations',
      level: 'warning',
      code: 'NO_OPERATIONS',
      message:
        'No operation of any client is known, so that nothing can be said of whom a breaking change breaks.',
      mend: "Put the clients' documents into schema/operations, or name a record of use by --usage.",
    },
  ];
}
