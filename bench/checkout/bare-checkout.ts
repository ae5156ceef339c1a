import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The tables that one checkout writes, each database's in the order in which its foreign keys allow. */
const written: readonly { readonly database: string; readonly tables: readonly string[] }[] = [
  {
    database: 'orders',
    tables: ['checkout', 'order_number', 'orders', 'order_line', 'order_history', 'written_outbox'],
  },
  {
    database: 'inventory',
    tables: ['reservation', 'reservation_line', 'stock_movement', 'written_outbox'],
  },
  { database: 'payments', tables: ['payment', 'ledger_entry', 'written_outbox'] },
];

type Row = Readonly<Record<string, unknown>>;

/** The rows that one real checkout has written. */
export interface Pattern {
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>;
  readonly cart: Row;
}

/** Keeps what is written into outboxes from now on, as a relay takes it out again. */
export async function keepOutboxes(server: string): Promise<void> {
  for (const { database } of written) {
    await withClient(server, database, (client) =>
      client.query(`
        create table written_outbox as table outbox with no data;
        create function keep_outbox() returns trigger language plpgsql as $$
          begin insert into written_outbox select new.*; return null; end $$;
        create trigger keep_outbox after insert on outbox for each row execute function keep_outbox()`),
    );
  }
}

/** Reads what the one checkout of a shop has written; nothing else may have been bought there. */
export async function readPattern(server: string): Promise<Pattern> {
  const rows = new Map<string, Map<string, readonly Row[]>>();
  for (const { database, tables } of written) {
    const ofDatabase = new Map<string, readonly Row[]>();
    await withClient(server, database, async (client) => {
      for (const table of tables) ofDatabase.set(table, (await client.query(`select * from ${table}`)).rows);
    });
    rows.set(database, ofDatabase);
  }
  const movements = rows.get('inventory')?.get('stock_movement') ?? [];
  rows.get('inventory')?.set(
    'stock_movement',
    movements.filter(({ reservation_id }) => reservation_id !== null),
  );
  const cart = await withClient(
    server,
    'orders',
    async (client) => (await client.query(`select * from cart where state = 'ORDERED'`)).rows[0] as Row,
  );
  return { rows, cart };
}

/** Writes checkouts by hand: the same rows in the same tables, a transaction for each database, and nothing else. */
export interface BareWriter {
  /** One checkout. */
  write(): Promise<void>;
  close(): Promise<void>;
}

/** @param count how many checkouts will be written: their carts are made in advance, as a buyer's are */
export async function bareWriter(server: string, pattern: Pattern, count: number): Promise<BareWriter> {
  const clients = new Map<string, pg.Client>();
  for (const { database } of written) {
    const client = new pg.Client({ connectionString: `${server}_${database}` });
    // When the bench fails, its databases are dropped under it; what is of interest is why it failed.
    client.on('error', () => {});
    await client.connect();
    clients.set(database, client);
  }
  const carts: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const id = randomUUID();
    const open = { ...pattern.cart, id, state: 'OPEN', order_id: null, locked_by: null };
    await insert(clients.get('orders') as pg.Client, 'cart', open);
    carts.push(id);
  }
  return {
    async write() {
      const renamed = new Map([[String(pattern.cart.id), carts.pop() as string]]);
      for (const { database, tables } of written) {
        const client = clients.get(database) as pg.Client;
        await client.query('begin');
        for (const table of tables)
          for (const row of pattern.rows.get(database)?.get(table) ?? [])
            await insert(client, table === 'written_outbox' ? 'outbox' : table, renew(row, renamed));
        if (database === 'orders') await closeCart(client, pattern, renamed);
        if (database === 'inventory') await takeStock(client, pattern);
        await client.query('commit');
      }
    },
    async close() {
      await Promise.all([...clients.values()].map((client) => client.end()));
    },
  };
}

async function closeCart(
  client: pg.Client,
  { cart }: Pattern,
  renamed: ReadonlyMap<string, string>,
): Promise<void> {
  await client.query(
    `update cart set state = 'ORDERED', order_id = $1, version = version + 1 where id = $2`,
    [renamed.get(String(cart.order_id)), renamed.get(String(cart.id))],
  );
}

async function takeStock(client: pg.Client, { rows }: Pattern): Promise<void> {
  for (const { variant_id, location_id, delta } of rows.get('inventory')?.get('stock_movement') ?? [])
    await client.query(
      'update stock_item set on_hand = on_hand + $1::int where variant_id = $2 and location_id = $3 and on_hand - reserved >= -($1::int)',
      [delta, variant_id, location_id],
    );
}

async function insert(client: pg.Client, table: string, row: Row): Promise<void> {
  const columns = Object.keys(row);
  const values = Object.values(row).map((value) =>
    value !== null && typeof value === 'object' && !(value instanceof Date) ? JSON.stringify(value) : value,
  );
  await client.query({
    name: `insert-${table}`,
    text: `insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`,
    values,
  });
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const kept = ['variant_id', 'location_id'];

/** The row with ids of its own, the same for the same id throughout a checkout. */
function renew(row: Row, renamed: Map<string, string>): Row {
  const rename = (id: string) => {
    const known = renamed.get(id) ?? randomUUID();
    renamed.set(id, known);
    return known;
  };
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      // Numbers are given out by the database, and what people read of them has to be unique.
      if (column === 'position' || (column === 'id' && typeof value === 'number')) return [];
      if (column === 'number') return [[column, randomUUID().slice(0, 20)]];
      return [
        [column, typeof value === 'string' && !kept.includes(column) ? value.replace(uuid, rename) : value],
      ];
    }),
  );
}

async function withClient<Value>(
  server: string,
  database: string,
  work: (client: pg.Client) => Promise<Value>,
): Promise<Value> {
  const client = new pg.Client({ connectionString: `${server}_${database}` });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
