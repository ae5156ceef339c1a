import { defineEntity, p } from '@mikro-orm/core';
import { defineMigration, type EntityManager, inTransaction } from '@stoa/database';
import { defineSubgraph, type RequestScope, type SubgraphModule } from '@stoa/subgraph';
import { type Consumer, defineEvent, eventMigrations, OutboxEvent, recordEvent, z } from '../src/index.ts';

/** Something that happens, and is counted by whoever consumes it. */
export const noteWritten = defineEvent(
  'note.written.v1',
  z.object({ noteId: z.string(), step: z.number().int() }),
);

/** What a consumer has done: a row an effect, in order. Nothing in the table keeps the same from being there twice. */
const Effect = defineEntity({
  name: 'Effect',
  tableName: 'effect',
  properties: { id: p.integer().primary(), note: p.string(), step: p.integer() },
});
const effects = defineMigration('010-effects', (schema) =>
  schema.createTable('effect', (table) => {
    table.increments('id');
    table.string('note').notNullable();
    table.integer('step').notNullable();
  }),
);

/** A subgraph with the given consumers. */
export function notesWith(
  consumers: readonly Consumer<RequestScope, unknown>[],
  name = 'notes',
): SubgraphModule {
  return defineSubgraph({
    name,
    folder: new URL('.', import.meta.url),
    entities: [OutboxEvent, Effect],
    migrations: [...eventMigrations, effects],
    app: () => ({}),
    context: (scope: RequestScope) => scope,
    resolvers: { Query: { ready: () => true } },
    consumers,
  });
}

/** Records that a note was written, a step after the other. */
export async function write(em: EntityManager, noteId: string, ...steps: readonly number[]): Promise<void> {
  await inTransaction(em, async (tx) => {
    for (const step of steps) {
      const occurrence = {
        id: crypto.randomUUID(),
        aggregateId: noteId,
        requestId: 'r-1',
        occurredAt: new Date(),
      };
      recordEvent(tx, noteWritten, occurrence, { noteId, step });
    }
  });
}

/** Has the effect, in the given unit of work. */
export function have(em: EntityManager, { noteId, step }: { noteId: string; step: number }): void {
  em.create(Effect, { note: noteId, step });
}

/** The effects that are there, as `n-1:1`. */
export async function effectsIn(em: EntityManager): Promise<string[]> {
  const found = await em.fork().find(Effect, {}, { orderBy: { id: 'asc' } });
  return found.map(({ note, step }) => `${note}:${step}`);
}
