import { GraphQLError, parse } from 'graphql';
import type { KnownOperation } from './known-operation.ts';
import { operationNameOf, signatureOf } from './operation-text.ts';
import type { UsageSource, UsedOperation } from './usage-source.ts';

/** What a client is called that does not say its name. */
export const unnamedClient = 'a client without a name';

/**
 * The operations of the documents with their recorded use, and those that are known from use alone; each once a client.
 * The versions of a client that sent one operation count together, and the one seen last is named.
 * @param since where the window begins in which use counts
 */
export async function withUsage(
  documents: readonly KnownOperation[],
  usage: UsageSource | null,
  since: Date,
): Promise<KnownOperation[]> {
  if (!usage) return distinct(documents);
  const known = new Map<string, KnownOperation>();
  for (const operation of documents) {
    const key = keyOf(operation.client.name, operation.body);
    if (!known.has(key)) known.set(key, operation);
  }
  for (const used of await usage.operations(since)) {
    if (used.body === null || !parses(used.body)) continue;
    const key = keyOf(used.clientName ?? unnamedClient, used.body);
    known.set(key, merge(known.get(key), used, used.body));
  }
  return [...known.values()];
}

/** Documents are all printed alike, so that without a record of use their texts can be compared as they are. */
function distinct(operations: readonly KnownOperation[]): KnownOperation[] {
  const known = new Set<string>();
  return operations.filter(({ client, body }) => {
    const key = `${client.name}\n${body}`;
    return known.has(key) ? false : known.add(key);
  });
}

/** Those of `former` that no client of `current` has any more, for example as a base had them. */
export function noLongerAmong(
  current: readonly KnownOperation[],
  former: readonly KnownOperation[],
): KnownOperation[] {
  if (former.length === 0) return [];
  const keys = new Set(current.map(({ client, body }) => keyOf(client.name, body)));
  return former.filter(({ client, body }) => !keys.has(keyOf(client.name, body)));
}

const keyOf = (client: string, body: string) => `${client}\n${signatureOf(body)}`;

function merge(known: KnownOperation | undefined, used: UsedOperation, body: string): KnownOperation {
  if (known === undefined) {
    return {
      client: { name: used.clientName ?? unnamedClient, version: used.clientVersion },
      name: used.operationName ?? operationNameOf(parse(body)),
      body,
      source: 'usage',
      file: null,
      lastSeen: used.lastSeen,
      count: used.count,
    };
  }
  const isLater = known.lastSeen === null || known.lastSeen < used.lastSeen;
  const version = isLater ? (used.clientVersion ?? known.client.version) : known.client.version;
  return {
    ...known,
    client: { name: known.client.name, version },
    lastSeen: isLater ? used.lastSeen : known.lastSeen,
    count: (known.count ?? 0) + used.count,
  };
}

function parses(body: string): boolean {
  try {
    parse(body);
    return true;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}
