import { type EntityManager, type Knex, readInteger, readTime, writeTime } from '@stoa/database';

/** How an operation of a client was used: what the check of a schema asks for. */
export interface UseOfOperation {
  readonly clientName: string | null;
  readonly clientVersion: string | null;
  readonly operationName: string | null;
  readonly lastSeen: Date;
  /** From the start of the first day (UTC) on. */
  readonly count: number;
}

interface UseRow {
  client_name: string;
  client_version: string;
  name: string | null;
  body: string | null;
  count: unknown;
  last_seen: unknown;
}

/** Every distinct operation of every client since then; those that were not told apart are one, without a body. */
export async function readOperations(em: EntityManager, since: Date) {
  const knex = em.getKnex();
  const rows: UseRow[] = await inWindow(em, 'usage_count', since)
    .join('usage_operation', 'usage_operation.id', 'usage_count.operation_id')
    .select('usage_operation.name', 'usage_operation.body')
    .groupBy('usage_operation.id', 'usage_operation.name', 'usage_operation.body');
  const others: UseRow[] = await inWindow(em, 'usage_other', since)
    .where('usage_other.coordinate', '')
    .select(knex.raw('null as name'), knex.raw('null as body'));
  return [...rows, ...others].map((row) => ({ ...useOf(row), body: row.body }));
}

/** Who used a coordinate since then, each distinct operation apart, the most frequent first. */
export async function readFieldUse(
  em: EntityManager,
  coordinate: string,
  since: Date,
): Promise<UseOfOperation[]> {
  const knex = em.getKnex();
  const rows: (UseRow & { last_given: unknown })[] = await inWindow(em, 'usage_count', since)
    .join('usage_operation', 'usage_operation.id', 'usage_count.operation_id')
    .join('usage_coordinate', 'usage_coordinate.operation_id', 'usage_count.operation_id')
    .where('usage_coordinate.coordinate', coordinate)
    .where((given) =>
      given
        .whereNull('usage_coordinate.last_given')
        .orWhere('usage_coordinate.last_given', '>=', writeTime(em, since)),
    )
    .select('usage_operation.name', 'usage_coordinate.last_given')
    .groupBy('usage_operation.id', 'usage_operation.name', 'usage_coordinate.last_given');
  const others: typeof rows = await inWindow(em, 'usage_other', since)
    .where('usage_other.coordinate', coordinate)
    .select(knex.raw('null as name'), knex.raw('null as last_given'));
  return [...rows, ...others]
    .map((row) => useOf({ ...row, last_seen: row.last_given ?? row.last_seen }))
    .sort((a, b) => b.count - a.count);
}

/** When each coordinate was last used, of all that ever were. */
export async function readLastUses(em: EntityManager): Promise<Map<string, Date>> {
  const knex = em.getKnex();
  const rows: { coordinate: string; last_given: unknown; last_seen: unknown }[] = await knex(
    'usage_coordinate',
  )
    .join('usage_count', 'usage_count.operation_id', 'usage_coordinate.operation_id')
    .select('usage_coordinate.coordinate', 'usage_coordinate.last_given')
    .max({ last_seen: 'usage_count.last_seen' })
    .groupBy('usage_coordinate.coordinate', 'usage_coordinate.last_given');
  const others: typeof rows = await knex('usage_other')
    .whereNot('coordinate', '')
    .select('coordinate', knex.raw('null as last_given'))
    .max({ last_seen: 'last_seen' })
    .groupBy('coordinate');
  const uses = new Map<string, Date>();
  for (const { coordinate, last_given, last_seen } of [...rows, ...others]) {
    const at = readTime(last_given ?? last_seen);
    const known = uses.get(coordinate);
    if (known === undefined || known < at) uses.set(coordinate, at);
  }
  return uses;
}

/** The first day (UTC) that the record holds; null when it is empty. */
export async function readFirstDay(em: EntityManager): Promise<Date | null> {
  const knex = em.getKnex();
  const days = await Promise.all(
    ['usage_count', 'usage_other'].map((table) => knex(table).min({ day: 'day' }).first()),
  );
  const [first] = days
    .map((row: { day?: unknown } | undefined) => row?.day)
    .filter((day) => typeof day === 'string')
    .sort();
  return first === undefined ? null : new Date(`${first}T00:00:00Z`);
}

/** Counts by client within the window; what else to select and group by is the caller's. */
function inWindow(em: EntityManager, table: 'usage_count' | 'usage_other', since: Date): Knex.QueryBuilder {
  return em
    .getKnex()(table)
    .where(`${table}.day`, '>=', since.toISOString().slice(0, 10))
    .select(`${table}.client_name`, `${table}.client_version`)
    .sum({ count: `${table}.count` })
    .max({ last_seen: `${table}.last_seen` })
    .groupBy(`${table}.client_name`, `${table}.client_version`)
    .havingRaw('max(??) >= ?', [`${table}.last_seen`, writeTime(em, since)]);
}

function useOf(row: UseRow): UseOfOperation {
  return {
    clientName: row.client_name === '' ? null : row.client_name,
    clientVersion: row.client_version === '' ? null : row.client_version,
    operationName: row.name,
    lastSeen: readTime(row.last_seen),
    count: readInteger(row.count),
  };
}
