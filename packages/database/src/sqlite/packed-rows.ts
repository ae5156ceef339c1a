import type { Database } from 'sqlite3';
import { allRows } from './prepared-statements.ts';

type RawRow = Record<string, unknown>;

/** A select whose rows come as one JSON text. */
interface Packed {
  readonly sql: string;
  readonly names: readonly string[];
}

/** By the select; null for one that is not to be packed. What is not here has not shown its columns yet. */
const known = new Map<string, Packed | null>();

/**
 * Runs a select for its rows, as `allRows` does, and has SQLite write all of them as one JSON text. The driver makes each cell of each row
 * a value of its own, and the names of the columns again for each row: of a list that was half of what it cost.
 * The first run that finds something tells the columns, and comes unpacked.
 */
export async function packedRows(
  connection: Database,
  sql: string,
  values: readonly unknown[],
): Promise<RawRow[]> {
  const packed = known.get(sql) ?? null;
  if (packed === null) {
    const rows = await allRows(connection, sql, values);
    const [first] = rows;
    if (first !== undefined && !known.has(sql)) known.set(sql, pack(sql, first));
    return rows;
  }
  const [row] = await allRows(connection, packed.sql, values);
  const cells = JSON.parse(String(row?.['rows'])) as unknown[][];
  return cells.map((ofRow) => rowOf(packed.names, ofRow));
}

/** JSON holds what we keep, but for bytes. An aggregate that is not told otherwise takes the rows of its subquery in their order. */
function pack(sql: string, row: RawRow): Packed | null {
  if (Object.values(row).some((value) => value instanceof Uint8Array)) return null;
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(', ');
  return { sql: `select json_group_array(json_array(${columns})) as rows from (${sql})`, names };
}

function rowOf(names: readonly string[], cells: readonly unknown[]): RawRow {
  const row: RawRow = {};
  for (let at = 0; at < names.length; at += 1) row[names[at] as string] = cells[at];
  return row;
}
