import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { SchemaChange } from '../diff/schema-change.ts';
import type { SchemaPlace } from '../graph/places-in-schema.ts';
import type { Finding } from '../report/finding.ts';
import { type ConcernedUse, concernedUse, describeUses, plainUse } from './describe-use.ts';
import { effectOfBreak, isTouchedByDanger, usedCoordinateOf } from './effect-of-change.ts';
import type { KnownOperation } from './known-operation.ts';
import { unnamedClient } from './known-operations.ts';
import { type SchemaUse, schemaUseOf } from './schema-use.ts';
import type { UsageSource } from './usage-source.ts';
import { documentOf, refusalsOf } from './validate-operation.ts';

export interface OperationsCheck {
  /** Null when there is no base: then every operation must fit the new schema. */
  readonly before: GraphQLSchema | null;
  readonly after: GraphQLSchema;
  /** The differences between the two. */
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly KnownOperation[];
  readonly usage: UsageSource | null;
  /** Where the window begins in which use counts. */
  readonly since: Date;
  /** The present, as the end of the window. */
  readonly now: Date;
  readonly placeOf?: (coordinate: string) => Pick<SchemaPlace, 'file' | 'line'> | undefined;
  readonly progress?: (text: string) => void;
}

/** An operation that was valid before, with what the change does to it. */
interface Judged {
  readonly operation: KnownOperation;
  readonly use: SchemaUse;
  readonly refusals: readonly GraphQLError[];
  readonly refusedAt: ReadonlySet<string>;
}

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
  const invalid = judged.flatMap((one) => ('use' in one ? [] : invalidOperation(one.operation, one.refusals, check)));

  const findings: Finding[] = [...invalid];
  const explained = new Set<KnownOperation>();
  for (const change of check.changes) {
    if (change.level === 'breaking') {
      const uses = await brokenUses(change, valid, check);
      for (const { operation } of uses) if (operation) explained.add(operation);
      findings.push(breakingChange(change, uses.map(({ use }) => use), check));
    } else {
      findings.push(...noteworthyChange(change, valid, check));
    }
  }
  for (const { operation, refusals } of valid) {
    if (refusals.length > 0 && !explained.has(operation)) findings.push(refusedOperation(operation, refusals));
  }
  return findings;
}

function judge(
  operation: KnownOperation,
  { before, after }: OperationsCheck,
): Judged | { readonly operation: KnownOperation; readonly refusals: readonly GraphQLError[] } {
  const document = documentOf(operation);
  const refusals = refusalsOf(document, after);
  if (refusals.length > 0 && (before === null || refusalsOf(document, before).length > 0)) {
    return { operation, refusals };
  }
  const use = schemaUseOf(document, before ?? after);
  const refusedAt = new Set(refusals.flatMap(({ nodes = [] }) => nodes.flatMap(use.coordinatesAt)));
  return { operation, use, refusals, refusedAt };
}

async function brokenUses(
  change: SchemaChange,
  judged: readonly Judged[],
  check: OperationsCheck,
): Promise<{ use: ConcernedUse; operation: KnownOperation | null }[]> {
  const coordinate = usedCoordinateOf(change);
  const recorded =
    check.usage && coordinate !== null ? await check.usage.fieldUse(coordinate, check.since) : [];
  const isRecorded = ({ client, name }: KnownOperation) =>
    recorded.some(
      ({ clientName, operationName }) => (clientName ?? unnamedClient) === client.name && operationName === name,
    );
  // A value that must be sent from now on is missing just from what was recorded.
  const isRequirement = /_ADDED$|DEFAULT/.test(change.code) || /' to '.*!'/.test(change.message);

  const uses: { use: ConcernedUse; operation: KnownOperation | null }[] = [];
  for (const one of judged) {
    const effect = effectOfBreak(change, one);
    if (effect === null) continue;
    const { operation } = one;
    // Of an operation whose use is on record, the record knows what its variables held.
    const isClear = effect === 'depends-on-variables' && operation.lastSeen !== null && !isRequirement;
    if (isClear && !isRecorded(operation)) continue;
    uses.push({ use: concernedUse(operation, change.coordinate, effect), operation });
  }

  // Operations that were counted and not told apart have no document to judge by, only what they used.
  for (const { clientName, clientVersion, operationName, lastSeen, count } of recorded) {
    const client = clientName ?? unnamedClient;
    const isJudged = judged.some(
      ({ operation, use }) =>
        operation.client.name === client &&
        operation.name === operationName &&
        (use.named.has(coordinate ?? '') || use.sent.has(coordinate?.replace(/\..*$/, '') ?? '')),
    );
    if (isJudged) continue;
    const use: ConcernedUse = {
      client,
      version: clientVersion,
      operation: operationName,
      field: change.coordinate,
      effect: null,
      lastSeen,
      count,
      file: null,
    };
    uses.push({ use, operation: null });
  }
  return uses;
}

function breakingChange(change: SchemaChange, uses: readonly ConcernedUse[], check: OperationsCheck): Finding {
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
function noteworthyChange(change: SchemaChange, judged: readonly Judged[], check: OperationsCheck): Finding[] {
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
  return /^DIRECTIVE_USAGE_(ARGUMENT|INPUT_FIELD)_DEFINITION_ADDED$/.test(code) && message.includes("'deprecated'");
}

function invalidOperation(
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
function refusedOperation(operation: KnownOperation, refusals: readonly GraphQLError[]): Finding {
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
  return errors.slice(0, 5).map(({ message }) => `  - ${message}`).join('\n');
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

const dayMs = 86_400_000;

function windowOf({ since, now }: OperationsCheck): string {
  return `in the last ${Math.round((now.getTime() - since.getTime()) / dayMs)} days`;
}
