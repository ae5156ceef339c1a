import type { Knex } from '@stoa/database';
import type { Process } from '@stoa/subgraph';

/** SQLite takes 32,766 values a statement; small batches keep each one cheap to parse. */
const rowsPerInsert = 100;

/** Fills an empty catalog with the demo shop, all or nothing. */
export async function seedCatalog({ database, newId }: Process): Promise<void> {
  const knex: Knex = database.em.fork().getKnex();
  const [anything] = await knex('product').select('id').limit(1);
  if (anything !== undefined) return;
  // Loaded here, as a catalog that is filled already has no use for it.
  const { demoRows } = await import('./demo-rows.ts');
  await knex.transaction(async (tx) => {
    for (const [table, rows] of demoRows(newId))
      await tx.batchInsert(table, [...rows], rowsPerInsert).transacting(tx);
  });
}
