import type { SchemaChange } from '../diff/schema-change.ts';
import { type ConcernedUse, concernedUse } from './describe-use.ts';
import { effectOfBreak, usedCoordinateOf } from './effect-of-change.ts';
import type { KnownOperation } from './known-operation.ts';
import { unnamedClient } from './known-operations.ts';
import type { JudgedOperation, OperationsCheck } from './operations-check.ts';

/** A use that a change breaks, and the operation whose it is; null for operations that were not told apart. */
export interface BrokenUse {
  readonly use: ConcernedUse;
  readonly operation: KnownOperation | null;
}

/** Who uses what a breaking change takes away: by the documents of the operations, and by the record of use. */
export async function brokenUses(
  change: SchemaChange,
  judged: readonly JudgedOperation[],
  check: OperationsCheck,
): Promise<BrokenUse[]> {
  const coordinate = usedCoordinateOf(change);
  const recorded =
    check.usage && coordinate !== null ? await check.usage.fieldUse(coordinate, check.since) : [];
  const isRecorded = ({ client, name }: KnownOperation) =>
    recorded.some(
      ({ clientName, operationName }) =>
        (clientName ?? unnamedClient) === client.name && operationName === name,
    );
  // A value that must be sent from now on is missing just from what was recorded.
  const isRequirement = /_ADDED$|DEFAULT/.test(change.code) || /' to '.*!'/.test(change.message);

  const uses: BrokenUse[] = [];
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
