import { demoLocations, demoProducts } from '@stoa/seed';
import type { Process } from '@stoa/subgraph';

/** Rows an insert takes; nine columns of them stay far below SQLite's 32,766 variables. */
const chunkSize = 100;

/** Fills an empty database with the locations of the demo shop and what lies there. */
export async function seed({
  database,
  clock,
  newId,
}: Pick<Process, 'database' | 'clock' | 'newId'>): Promise<void> {
  const knex = database.em.getKnex();
  const [existing] = await knex('stock_location').select('id').limit(1);
  if (existing !== undefined) return;

  const now = clock.now();
  const times = { created_at: now, updated_at: now };
  const locations = demoLocations();
  const items = demoProducts().flatMap(({ variants }) =>
    variants.flatMap((variant) =>
      locations.map(({ id, code }) => ({
        id: newId(),
        variant_id: variant.id,
        location_id: id,
        on_hand: variant.stock[code],
        reserved: 0,
        version: 1,
        ...times,
      })),
    ),
  );
  const movements = items
    .filter(({ on_hand }) => on_hand !== 0)
    .map(({ variant_id, location_id, on_hand }) => ({
      id: newId(),
      variant_id,
      location_id,
      delta: on_hand,
      reason: 'OPENED',
      actor: 'service:seed',
      moved_at: now,
    }));

  await knex.transaction(async (transaction) => {
    await transaction('stock_location').insert(locations.map((location) => ({ ...location, ...times })));
    await transaction.batchInsert('stock_item', items, chunkSize);
    await transaction.batchInsert('stock_movement', movements, chunkSize);
  });
}
