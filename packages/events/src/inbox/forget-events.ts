import { type Database, type Knex, writeTime } from '@stoa/database';

/** Rows a pass removes at most, so that none takes long. */
const rowsAtOnce = 1_000;

/**
 * Forgets events that were handled before a moment: by then none of them can come again. Those that wait or were set
 * aside stay.
 * @returns true when there may be more
 */
export async function forgetEvents(database: Database, before: Date): Promise<boolean> {
  const knex: Knex = database.em.getConnection().getKnex();
  const old = knex('inbox')
    .select('position')
    .where('handled_at', '<', writeTime(database.em, before))
    .limit(rowsAtOnce);
  return (await knex('inbox').whereIn('position', old).delete()) === rowsAtOnce;
}
