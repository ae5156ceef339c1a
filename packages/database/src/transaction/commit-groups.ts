import type { Knex } from '@mikro-orm/knex';
import { type RawConnection, runOn } from '../rows/run-on.ts';
import { isGivenUp, unwatchTransaction, watchTransaction } from '../sqlite/given-up.ts';
import type { Opening } from './transaction-context.ts';

/** Transactions that one commit takes at most: the first of them waits for the last. */
const most = 8;

/** Transactions of SQLite's one connection, one after the other, that are put on disk together. */
interface Group {
  readonly connection: RawConnection;
  members: number;
  /** Settled when all of them are on disk, or none is. */
  readonly committed: Promise<void>;
  settle(error: unknown): void;
}

interface Turns {
  isTaken: boolean;
  /** Who wants a turn: given the group to go on with, or null to begin one. */
  readonly waiting: ((group: Group | null) => void)[];
}

const turns = new WeakMap<Knex.Client, Turns>();

/**
 * Does work in a transaction of SQLite, from when it first asks for the connection. Those that wait meanwhile follow within the same one,
 * each behind a savepoint, and all are committed together: a commit waits for the disk, which takes longer than most of what it
 * commits. Nobody is answered before that; one that fails undoes itself alone.
 */
export async function inCommitGroup<Outcome>(
  client: Knex.Client,
  work: (opening: Opening) => Promise<Outcome>,
): Promise<Outcome> {
  let entered: Promise<Group> | undefined;
  const open = async () => {
    entered ??= enter(client);
    return (await entered).connection;
  };
  let outcome: Outcome;
  try {
    outcome = await work({ open, alone: (run) => writeInGroup(client, run) });
  } catch (error) {
    const group = await entered?.catch(() => undefined);
    if (group !== undefined) await undo(client, group);
    throw error;
  }
  if (entered === undefined) return outcome;
  const group = await entered;
  await leave(client, group);
  await group.committed;
  return outcome;
}

async function enter(client: Knex.Client): Promise<Group> {
  const group = await turn(client);
  return group === null ? begin(client) : join(client, group);
}

type Work<Outcome> = (connection: RawConnection) => Promise<Outcome>;

/** Runs a single statement that writes, with those that wait for a commit; when nobody does, it is a transaction by itself. */
export async function writeInGroup<Outcome>(client: Knex.Client, work: Work<Outcome>): Promise<Outcome> {
  const given = await turn(client);
  if (given === null && !(await isAnybodyWaiting(client))) return withoutGroup(client, work);
  const group = given ?? (await begin(client));
  if (given !== null) group.members += 1;
  let outcome: Outcome;
  try {
    // It needs no savepoint: a statement that fails has changed nothing.
    outcome = await work(group.connection);
  } catch (error) {
    await leave(client, group);
    throw error;
  }
  await leave(client, group);
  await group.committed;
  return outcome;
}

function turnsOf(client: Knex.Client): Turns {
  let own = turns.get(client);
  if (own === undefined) {
    own = { isTaken: false, waiting: [] };
    turns.set(client, own);
  }
  return own;
}

/** Waits for the connection. Gives the group to go on with; null where one is to be begun. */
async function turn(client: Knex.Client): Promise<Group | null> {
  const own = turnsOf(client);
  if (own.isTaken) return new Promise((resolve) => own.waiting.push(resolve));
  own.isTaken = true;
  return null;
}

/** Lets those come who have all that they need to write: what they ask for next is one commit with this. */
async function isAnybodyWaiting(client: Knex.Client): Promise<boolean> {
  const { waiting } = turnsOf(client);
  if (waiting.length === 0) await new Promise(setImmediate);
  return waiting.length > 0;
}

async function withoutGroup<Outcome>(client: Knex.Client, work: Work<Outcome>): Promise<Outcome> {
  let connection: RawConnection | undefined;
  try {
    connection = (await client.acquireConnection()) as RawConnection;
    return await work(connection);
  } finally {
    if (connection !== undefined) await client.releaseConnection(connection);
    passOn(client, null);
  }
}

async function join(client: Knex.Client, group: Group): Promise<Group> {
  try {
    await runOn(client, group.connection, 'savepoint member');
  } catch (error) {
    await end(client, group, error);
    throw error;
  }
  group.members += 1;
  return group;
}

async function begin(client: Knex.Client): Promise<Group> {
  let connection: RawConnection | undefined;
  try {
    connection = (await client.acquireConnection()) as RawConnection;
    await runOn(client, connection, 'begin immediate');
    watchTransaction(connection);
    return groupOn(connection);
  } catch (error) {
    if (connection !== undefined) await client.releaseConnection(connection);
    passOn(client, null);
    throw error;
  }
}

function groupOn(connection: RawConnection): Group {
  let settle: Group['settle'] = () => {};
  const committed = new Promise<void>((resolve, reject) => {
    settle = (error) => (error === null ? resolve() : reject(error));
  });
  // Whoever has failed does not ask what became of the others.
  committed.catch(() => {});
  return { connection, members: 1, committed, settle };
}

/** Undoes the last member. When SQLite has given up the whole transaction there is no savepoint, and all have failed. */
async function undo(client: Knex.Client, group: Group): Promise<void> {
  try {
    if (group.members === 1) return await end(client, group, new Error('Rolled back'));
    await runOn(client, group.connection, 'rollback to savepoint member');
  } catch (error) {
    return end(client, group, error);
  }
  await leave(client, group);
}

/** Hands the turn to the next, or ends the group. Nobody goes on in what SQLite has given up: those who have written fail. */
async function leave(client: Knex.Client, group: Group): Promise<void> {
  const { connection, members } = group;
  if (members < most && (await isAnybodyWaiting(client)) && !isGivenUp(connection))
    return passOn(client, group);
  try {
    await runOn(client, group.connection, 'commit');
  } catch (error) {
    return end(client, group, error);
  }
  await end(client, group, null);
}

/** @param error why nothing of it is kept; null once it is committed */
async function end(client: Knex.Client, group: Group, error: unknown): Promise<void> {
  unwatchTransaction(group.connection);
  // It fails where SQLite has rolled back already.
  if (error !== null) await runOn(client, group.connection, 'rollback').catch(() => {});
  await client.releaseConnection(group.connection);
  group.settle(error);
  passOn(client, null);
}

function passOn(client: Knex.Client, group: Group | null): void {
  const own = turnsOf(client);
  const next = own.waiting.shift();
  own.isTaken = next !== undefined;
  next?.(group);
}
