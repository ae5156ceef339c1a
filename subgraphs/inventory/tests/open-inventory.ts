import { type FixedClock, fixedClock, newId } from '@stoa/clock';
import { type Knex, readInteger, readJson } from '@stoa/database';
import type { Broker } from '@stoa/events';
import { serviceContext } from '@stoa/identity';
import { createDirectory, localServices, type RpcClient } from '@stoa/rpc';
import { staff, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { ReservationState } from '../src/__generated__/inventory/v1/inventory_pb.js';
import { inventoryRpc } from '../src/rpc/client.ts';
import { inventory } from '../src/subgraph.ts';

/** Units by the code of a location. */
export type Units = Readonly<Partial<Record<'berlin' | 'leeds', number>>>;

export interface ItemRow {
  readonly onHand: number;
  readonly reserved: number;
  readonly version: number;
}

/** An inventory with two locations and nothing in them. */
export interface OpenInventory extends TestSubgraph {
  readonly clock: FixedClock;
  /** As orders calls it. */
  readonly rpc: RpcClient<(typeof inventoryRpc)['service']>;
  readonly locations: Readonly<Record<'berlin' | 'leeds', string>>;
  /** A variant that nobody else uses, with the given stock. */
  variantWith(units: Units): Promise<string>;
  /** Reserves for an order of its own, and says how that came out: a state, or `short`. */
  reserve(
    lines: Readonly<Record<string, number>>,
    given?: Readonly<{ reservationId?: string; orderId?: string; expiresInSeconds?: number }>,
  ): Promise<{ id: string; orderId: string; came: string }>;
  /** What the database holds of a variant, by location. */
  itemsOf(variantId: string): Promise<Readonly<Record<string, ItemRow>>>;
  availabilityOf(variantId: string): Promise<number>;
  /** The payloads of the events about one thing, oldest first. */
  eventsOf(aggregateId: string): Promise<readonly (readonly [type: string, payload: unknown])[]>;
  movementsOf(variantId: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** What would show that stock and reservations no longer agree; empty when all is well. */
  contradictions(): Promise<readonly unknown[]>;
}

export async function openInventory(databaseUrl: string, broker?: Broker): Promise<OpenInventory> {
  const clock = fixedClock();
  const services = localServices();
  const subgraph = await testSubgraph(inventory, { databaseUrl, clock, services, broker });
  const directory = createDirectory({
    contextSecret: subgraph.contextSecret,
    transportTo: services.transportTo,
    timeoutMs: 25_000,
  });
  const rpc = directory.client(inventoryRpc, serviceContext('orders', 'request-1'));
  const knex = () => subgraph.subgraph.database.em.fork().getKnex();
  const locations = {
    berlin: await createLocation(subgraph, 'berlin', 'DE'),
    leeds: await createLocation(subgraph, 'leeds', 'GB'),
  };
  const codeOf = new Map(Object.entries(locations).map(([code, id]) => [id, code]));

  return {
    ...subgraph,
    clock,
    rpc,
    locations,
    async variantWith(units) {
      const variantId = newId();
      for (const [code, onHand] of Object.entries(units)) {
        const input = { variantId, locationId: locations[code as keyof Units], onHand };
        await subgraph.query(
          'mutation ($input: SetStockInput!) { setStock(input: $input) { __typename } }',
          { input },
          staff(),
        );
      }
      return variantId;
    },
    async reserve(lines, given = {}) {
      const { reservationId = newId(), orderId = newId() } = given;
      const { result } = await rpc.reserve({
        reservationId,
        orderId,
        lines: Object.entries(lines).map(([variantId, quantity]) => ({ variantId, quantity })),
        expiresInSeconds: given.expiresInSeconds ?? 0,
      });
      const came = result.case === 'reservation' ? ReservationState[result.value.state] : 'short';
      return { id: reservationId, orderId, came };
    },
    async itemsOf(variantId) {
      const rows = await knex()('stock_item').where('variant_id', variantId).select('*');
      return Object.fromEntries(
        rows.map((row) => [
          codeOf.get(row.location_id),
          { onHand: row.on_hand, reserved: row.reserved, version: row.version },
        ]),
      );
    },
    async availabilityOf(variantId) {
      const { variants } = await rpc.getAvailability({ variantIds: [variantId] });
      return variants[0]?.available ?? -1;
    },
    async eventsOf(aggregateId) {
      const rows = await knex()('outbox').where('aggregate_id', aggregateId).orderBy('id').select('*');
      return rows.map((row) => [row.type, readJson(row.payload)] as const);
    },
    async movementsOf(variantId) {
      return knex()('stock_movement')
        .where('variant_id', variantId)
        .orderBy('id')
        .select('delta', 'reason', 'note', 'actor', { reservationId: 'reservation_id' });
    },
    contradictions: () => contradictions(knex()),
  };
}

async function createLocation(subgraph: TestSubgraph, code: string, country: string): Promise<string> {
  const { data } = await subgraph.query(
    `mutation ($input: CreateStockLocationInput!) {
      createStockLocation(input: $input) { ... on StockLocation { id } }
    }`,
    { input: { code, name: `The ${code} warehouse`, country } },
    staff(),
  );
  return data.createStockLocation.id;
}

/** Items whose reservations or journal do not add up to what they say. */
async function contradictions(knex: Knex): Promise<readonly unknown[]> {
  const held = knex('reservation_line')
    .join('reservation', 'reservation.id', 'reservation_line.reservation_id')
    .where('reservation.state', 'HELD')
    .whereRaw('reservation_line.variant_id = stock_item.variant_id')
    .whereRaw('reservation_line.location_id = stock_item.location_id')
    .sum('reservation_line.quantity');
  const moved = knex('stock_movement')
    .whereRaw('stock_movement.variant_id = stock_item.variant_id')
    .whereRaw('stock_movement.location_id = stock_item.location_id')
    .sum('stock_movement.delta');
  const items = await knex('stock_item').select('*', { held, moved });
  return items.filter(
    (item) =>
      item.reserved !== readInteger(item.held ?? 0) ||
      item.on_hand !== readInteger(item.moved ?? 0) ||
      item.reserved > item.on_hand,
  );
}
