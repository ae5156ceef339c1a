import type { GraphQLError } from 'graphql';
import type { SchemaChange } from '../diff/schema-change.ts';
import type { Finding } from '../report/finding.ts';
import { type ConcernedUse, concernedUse, describeUses, plainUse } from './describe-use.ts';
import { isTouchedByDanger } from './effect-of-change.ts';
import type { KnownOperation } from './known-operation.ts';
import type { JudgedOperation, OperationsCheck } from './operations-check.ts';

/** A breaking change and those whom it breaks, or that it breaks nobody. */
export function breakingChange(
  change: SchemaChange,
  uses: readonly ConcernedUse[],
  check: OperationsCheck,
): Finding {
  const window = windowOf(check);
  const finding = {
    step: 'operations',
    code: change.code,
    coordinate: change.coordinate,
    ...check.placeOf?.(change.coordinate),
  } as const;
  if (uses.length === 0) {
    return {
      ...finding,
      level: 'info',
      message: `${sentence(change.message)} No known operation uses it ${window}: it breaks nobody who is known.`,
      details: { criticality: change.level, operations: [] },
    };
  }
  const whom = uses.length === 1 ? 'One known operation' : `${uses.length} known operations`;
  return {
    ...finding,
    level: 'error',
    message: `${sentence(change.message)} ${whom} would break:\n${describeUses(uses, window)}`,
    mend:
      'Keep the old part beside the new one and mark it @deprecated until its users have moved (docs/change-a-field-safely.md); ' +
      'or approve the break in schema/approved-changes.yaml.',
    details: { criticality: change.level, operations: uses.map(plainUse) },
  };
}

/** A dangerous change that operations meet, and a deprecation that their owners should know of. */
export function noteworthyChange(
  change: SchemaChange,
  judged: readonly JudgedOperation[],
  check: OperationsCheck,
): Finding[] {
  const isDeprecation = isDeprecationOf(change);
  if (change.level !== 'dangerous' && !isDeprecation) return [];
  const uses = judged
    .filter(({ use }) => isTouchedByDanger(change, use))
    .map(({ operation }) => concernedUse(operation, change.coordinate, null));
  if (uses.length === 0) return [];
  const what = isDeprecation ? 'These use it and have to move:' : 'These may be surprised:';
  return [
    {
      step: 'operations',
      level: isDeprecation ? 'info' : 'warning',
      code: change.code,
      message: `${sentence(change.message)} ${what}\n${describeUses(uses, windowOf(check))}`,
      coordinate: change.coordinate,
      ...check.placeOf?.(change.coordinate),
      details: { criticality: change.level, operations: uses.map(plainUse) },
    },
  ];
}

/** The deprecation of an argument or an input field has no change of its own in @graphql-inspector. */
function isDeprecationOf({ code, message }: SchemaChange): boolean {
  if (/^(FIELD_DEPRECATION_ADDED|ENUM_VALUE_DEPRECATION_REASON_ADDED)$/.test(code)) return true;
  return (
    /^DIRECTIVE_USAGE_(ARGUMENT|INPUT_FIELD)_DEFINITION_ADDED$/.test(code) && message.includes("'deprecated'")
  );
}

export function invalidOperation(
  operation: KnownOperation,
  refusals: readonly GraphQLError[],
  { before }: OperationsCheck,
): Finding {
  const whose = `${nameOf(operation)} of ${operation.client.name}`;
  const mend =
    operation.source === 'usage'
      ? 'It leaves the record of use when nobody has sent it for long enough.'
      : 'Correct its document, or delete it when no client sends it any more.';
  return {
    step: 'operations',
    level: before === null ? 'error' : 'warning',
    code: before === null ? 'OPERATION_INVALID' : 'OPERATION_INVALID_BEFORE',
    message:
      before === null
        ? `${whose} does not fit the graph:\n${linesOf(refusals)}`
        : `${whose} was invalid before this change already, so it cannot tell what the change breaks:\n${linesOf(refusals)}`,
    mend,
    coordinate: nameOf(operation),
    ...(operation.file === null ? {} : { file: operation.file }),
    details: { client: operation.client, errors: refusals.map(({ message }) => message) },
  };
}

/** What no single breaking change explains, for example two fields that can no longer be merged. */
export function refusedOperation(operation: KnownOperation, refusals: readonly GraphQLError[]): Finding {
  return {
    step: 'operations',
    level: 'error',
    code: 'OPERATION_REFUSED',
    message: `${nameOf(operation)} of ${operation.client.name} is refused by the changed graph, and was valid before:\n${linesOf(refusals)}`,
    mend: 'Change the schema so that the operation stays valid, or approve the break in schema/approved-changes.yaml.',
    coordinate: nameOf(operation),
    ...(operation.file === null ? {} : { file: operation.file }),
    details: { client: operation.client, errors: refusals.map(({ message }) => message) },
  };
}

function nameOf({ name }: KnownOperation): string {
  return name ?? 'an unnamed operation';
}

function linesOf(errors: readonly GraphQLError[]): string {
  return errors
    .slice(0, 5)
    .map(({ message }) => `  - ${message}`)
    .join('\n');
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

const dayMs = 86_400_000;

function windowOf({ since, now }: OperationsCheck): string {
  return `in the last ${Math.round((now.getTime() - since.getTime()) / dayMs)} days`;
}
