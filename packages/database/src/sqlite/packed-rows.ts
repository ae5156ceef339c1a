import type { Database } from 'sqlite3';
import { allRows } from './prepared-statements.ts';

type RawRow = Record<string, unknown>;

/** A select whose rows come as one JSON text. */
interface Packed {
  readonly sql: string;
  readonly unpack: (columns: readonly unknown[][]) => RawRow[];
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
  return packed.unpack(JSON.parse(String(row?.['columns'])));
}

/** JSON holds what we keep, but for bytes. An aggregate that is not told otherwise takes the rows of its subquery in their order. */
function pack(sql: string, row: RawRow): Packed | null {
  if (Object.values(row).some((value) => value instanceof Uint8Array)) return null;
  const names = Object.keys(row);
  const columns = names.map((name) => `json_group_array("${name.replaceAll('"', '""')}")`).join(', ');
  const cells = names.map((name, at) => `${JSON.stringify(name)}: columns[${at}][at]`).join(', ');
  return {
    sql: `select json_array(${columns}) as columns from (${sql})`,
    // Written out, as objects that get their properties one by one, by names, are slow to make.
    unpack: new Function('columns', `return columns[0].map((_, at) => ({ ${cells} }));`) as Packed['unpack'],
  };
}
