import { defineEntity, p } from '@mikro-orm/core';
import {
  baseColumns,
  baseProperties,
  type Database,
  defineMigration,
  inTransaction,
  openDatabase,
} from '@stoa/database';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineEvent, eventMigrations, OutboxEvent, recordEvent, z } from '../src/index.ts';

const renamed = defineEvent('note.renamed.v1', z.object({ noteId: z.string(), name: z.string().min(1) }));
const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  properties: { ...baseProperties, name: p.string() },
});
const notes = defineMigration('001-notes', (schema) =>
  schema.createTable('note', (table) => {
    baseColumns(table);
    table.string('name').notNullable().unique();
  }),
);
const at = new Date('2026-03-04T05:06:07.008Z');
const occurrence = (id: string) => ({ id, aggregateId: 'n-1', requestId: 'r-1', occurredAt: at });

describe.each(databaseEngines)('the outbox on $engine', ({ freshUrl }) => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({
      url: freshUrl(),
      entities: [Note, OutboxEvent],
      migrations: [...eventMigrations, notes],
    });
  });
  afterAll(() => database.close());
  const waiting = () => database.em.fork().find(OutboxEvent, {}, { orderBy: { id: 'asc' } });

  it('keeps an event with the change it tells of', async () => {
    await inTransaction(database.em, async (tx) => {
      tx.create(Note, { id: 'n-1', name: 'first', createdAt: at, updatedAt: at });
      recordEvent(tx, renamed, occurrence('e-1'), { noteId: 'n-1', name: 'first' });
    });
    expect(await waiting()).toMatchObject([
      {
        id: 'e-1',
        type: 'note.renamed.v1',
        aggregateId: 'n-1',
        occurredAt: at,
        payload: { noteId: 'n-1', name: 'first' },
      },
    ]);
  });

  it('keeps neither when the change fails', async () => {
    const change = inTransaction(database.em, async (tx) => {
      tx.create(Note, { id: 'n-2', name: 'first', createdAt: at, updatedAt: at });
      recordEvent(tx, renamed, occurrence('e-2'), { noteId: 'n-2', name: 'first' });
    });
    await expect(change).rejects.toThrow();
    expect((await waiting()).map(({ id }) => id)).toEqual(['e-1']);
    expect(await database.em.fork().count(Note)).toBe(1);
  });

  it('takes no payload that has not the form of its event', async () => {
    await inTransaction(database.em, async (tx) => {
      expect(() => recordEvent(tx, renamed, occurrence('e-3'), { noteId: 'n-1', name: '' })).toThrow(/name/);
    });
    expect(await waiting()).toHaveLength(1);
  });
});

describe('the name of an event', () => {
  it.each(['renamed', 'note.renamed', 'note.renamed.1', 'Note.Renamed.v1'])(
    '%s is refused at boot',
    (name) => {
      expect(() => defineEvent(name, z.object({}))).toThrow(
        "Expected an event's name such as order.placed.v1",
      );
    },
  );
});
