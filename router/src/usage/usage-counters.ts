import type {
  OperationCount,
  OtherCount,
  RecordedInput,
  RecordedOperation,
  UsageBatch,
  UsageClient,
} from '@stoa/usage';

export interface UsageLimits {
  /** Distinct operations a day; further ones are counted by client and field, and not told apart. */
  readonly maxOperations: number;
  /** Distinct pairs of client name and version a day; further ones are one client called "other". */
  readonly maxClients: number;
  /** Counters between two batches, of each kind; further ones go to the client "other". */
  readonly maxCounters: number;
  /** The longest text of an operation that is kept, in characters; longer ones are not told apart. */
  readonly longestBody: number;
}

export const defaultUsageLimits: Omit<UsageLimits, 'maxOperations'> = {
  maxClients: 500,
  maxCounters: 50_000,
  longestBody: 32_768,
};

/** Counts of use since the last batch, in bounded memory. */
export interface UsageCounters {
  /** Counts one sending of an operation; `inputs` are the coordinates that its variables gave. */
  add(operation: RecordedOperation, inputs: Iterable<string>, client: UsageClient, at: Date): void;
  /** Everything since the last time, which is then counted no more; null when there is nothing. */
  take(): UsageBatch | null;
  /** Takes back a batch that could not be written. */
  putBack(batch: UsageBatch): void;
}

type Mutable<Of> = { -readonly [Key in keyof Of]: Of[Key] };

const otherClient: UsageClient = { name: 'other', version: null };

/** Makes empty counters. */
export function usageCounters(limits: UsageLimits): UsageCounters {
  let day = '';
  /** Operations that are told apart today, and clients. */
  const operationsToday = new Set<string>();
  const clientsToday = new Set<string>();
  const operations = new Map<string, RecordedOperation>();
  const counts = new Map<string, Mutable<OperationCount>>();
  const inputs = new Map<string, Mutable<RecordedInput>>();
  const others = new Map<string, Mutable<OtherCount>>();

  const beginDay = (at: Date) => {
    const today = dayOf(at);
    if (today === day) return;
    day = today;
    clientsToday.clear();
    operationsToday.clear();
    // What has yet to be written keeps its place, so that the bound holds also while nothing can be written.
    for (const id of operations.keys()) operationsToday.add(id);
  };

  const admitted = (client: UsageClient): UsageClient => {
    const key = clientKey(client);
    if (clientsToday.has(key)) return client;
    if (clientsToday.size >= limits.maxClients) return otherClient;
    clientsToday.add(key);
    return client;
  };

  const isToldApart = (operation: RecordedOperation) => {
    if (operationsToday.has(operation.id)) return true;
    if (operationsToday.size >= limits.maxOperations || operation.body.length > limits.longestBody)
      return false;
    operationsToday.add(operation.id);
    operations.set(operation.id, operation);
    return true;
  };

  const countOne = (operationId: string, client: UsageClient, count: number, lastSeen: Date, on: string) => {
    const keyFor = (whose: UsageClient) => `${operationId}\n${on}\n${clientKey(whose)}`;
    const whose = counts.has(keyFor(client)) || counts.size < limits.maxCounters ? client : otherClient;
    addTo(counts, keyFor(whose), { client: whose, operationId, day: on, count, lastSeen });
  };

  const countOther = (entry: OtherCount) => {
    const keyFor = (whose: UsageClient) => `${entry.coordinate}\n${entry.day}\n${clientKey(whose)}`;
    const isRoom = others.has(keyFor(entry.client)) || others.size < limits.maxCounters;
    const client = isRoom ? entry.client : otherClient;
    addTo(others, keyFor(client), { ...entry, client });
  };

  const noteInput = (input: RecordedInput, client: UsageClient) => {
    const { operationId, coordinate, lastSeen } = input;
    const key = `${operationId}\n${coordinate}`;
    const known = inputs.get(key);
    if (known !== undefined) {
      if (known.lastSeen < lastSeen) known.lastSeen = lastSeen;
    } else if (inputs.size < limits.maxCounters) {
      inputs.set(key, { ...input });
    } else {
      countOther({ client, coordinate, day: dayOf(lastSeen), count: 1, lastSeen });
    }
  };

  return {
    add(operation, givenInputs, sender, at) {
      beginDay(at);
      const client = admitted(sender);
      if (isToldApart(operation)) {
        countOne(operation.id, client, 1, at, day);
        for (const coordinate of givenInputs)
          noteInput({ operationId: operation.id, coordinate, lastSeen: at }, client);
        return;
      }
      const one = { client, day, count: 1, lastSeen: at };
      countOther({ ...one, coordinate: null });
      for (const coordinate of new Set([...operation.coordinates, ...givenInputs]))
        countOther({ ...one, coordinate });
    },
    take() {
      if (counts.size === 0 && others.size === 0) return null;
      const batch = {
        operations: [...operations.values()],
        counts: [...counts.values()],
        inputs: [...inputs.values()],
        others: [...others.values()],
      };
      for (const map of [operations, counts, inputs, others]) map.clear();
      return batch;
    },
    putBack(batch) {
      for (const operation of batch.operations) {
        operations.set(operation.id, operation);
        operationsToday.add(operation.id);
      }
      for (const { operationId, client, day: on, count, lastSeen } of batch.counts)
        countOne(operationId, client, count, lastSeen, on);
      for (const input of batch.inputs) noteInput(input, otherClient);
      for (const other of batch.others) countOther(other);
    },
  };
}

function addTo<Entry extends { count: number; lastSeen: Date }>(
  map: Map<string, Entry>,
  key: string,
  entry: Entry,
): void {
  const known = map.get(key);
  if (known === undefined) {
    map.set(key, entry);
    return;
  }
  known.count += entry.count;
  if (known.lastSeen < entry.lastSeen) known.lastSeen = entry.lastSeen;
}

function clientKey({ name, version }: UsageClient): string {
  return `${name ?? ''}\n${version ?? ''}`;
}

/** In UTC, such as 2026-11-24. */
function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
