import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@stoa/clock';
import { type Database, openDatabase } from '@stoa/database';
import { type EventMessage, eventLag, eventMigrations, OutboxEvent, receiveEvents } from '@stoa/events';
import type { SubgraphModule } from '@stoa/subgraph';
import { databaseEngines, rabbitmqUrl } from '@stoa/testkit';
import { afterEach, describe, expect, it } from 'vitest';
import { eventsCommand } from '../src/events-command/events-command.ts';

const folder = new URL('.', import.meta.url);
const modules: SubgraphModule[] = ['shop', 'depot', 'plain'].map((name) => ({
  name,
  folder,
  contract: null,
  hasEvents: name !== 'plain',
  groups: name === 'shop' ? ['shop.send-mail', 'shop.count'] : [],
  create: () => Promise.reject(new Error('it is not started')),
}));
const event = (id: string): EventMessage => ({
  id,
  type: 'note.written.v1',
  aggregateId: 'n-1',
  requestId: 'r-1',
  occurredAt: new Date(),
  payload: { name: 'first' },
});

const opened: Database[] = [];
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
});

describe.each(databaseEngines)('npm run events on $engine', ({ engine, freshUrl }) => {
  /** The database of shop with two events that mail has set aside and one that waits for count. */
  async function shop() {
    const dataFolder = mkdtempSync(join(tmpdir(), 'stoa-events-'));
    const url = engine === 'sqlite' ? `sqlite:${join(dataFolder, 'shop.sqlite')}` : freshUrl();
    const database = await openDatabase({ url, entities: [OutboxEvent], migrations: eventMigrations });
    opened.push(database);
    const clock = fixedClock(new Date());
    await receiveEvents(database, clock, 'send-mail', [event('e-1'), event('e-2')]);
    await receiveEvents(database, clock, 'count', [event('e-1')]);
    const dead = { due_at: null, attempts: 10, error: 'Error: no such address\n    at send' };
    await database.em
      .getConnection()
      .getKnex()('inbox')
      .where({ consumer: 'send-mail' })
      .update({ ...dead, dead_at: engine === 'sqlite' ? Date.now() : new Date() });
    const environment: Record<string, string> = { STOA_DATA_DIR: dataFolder };
    // A database each, of which only that of shop is there.
    if (engine === 'postgresql') {
      environment['SHOP_DATABASE_URL'] = url;
      environment['DATABASE_URL'] = freshUrl();
    }
    return {
      database,
      async run(...args: string[]) {
        const lines: string[] = [];
        const say = (line: string) => lines.push(line);
        await eventsCommand({ args, environment, load: async () => modules, say });
        return lines.join('\n');
      },
      consumers: async () => (await eventLag(database))?.consumers,
    };
  }

  it('lists what waits and what was set aside', async () => {
    const { run } = await shop();
    const text = await run('list');
    expect(text).toMatch(/shop +outbox: nothing waits/);
    expect(text).toMatch(/count: 1 wait, the oldest for \d+ s/);
    expect(text).toMatch(/send-mail: nothing waits, 2 set aside/);
    expect(text).toMatch(/depot +has no events yet/);
    expect(text).not.toContain('plain');
    expect(text).toContain('e-1  shop.send-mail  note.written.v1 of n-1');
    expect(text).toMatch(/after 10 attempts, \d+ s ago: Error: no such address$/m);
    expect(await run('list', '--consumer', 'count')).toContain('There are no dead letters');
  });

  it('shows one in full', async () => {
    const { run } = await shop();
    const text = await run('show', 'e-2');
    expect(JSON.parse(text.slice(0, text.lastIndexOf('}') + 1))).toMatchObject({
      subgraph: 'shop',
      id: 'e-2',
      consumer: 'send-mail',
      payload: { name: 'first' },
    });
    expect(text).toContain('at send');
    await expect(run('show', 'e-9')).rejects.toThrow('There is no dead letter e-9');
  });

  it('replays one, or all', async () => {
    const { run, consumers } = await shop();
    expect(await run('replay', 'e-1')).toBe('shop: 1 to be handled again');
    expect((await consumers())?.get('send-mail')).toMatchObject({ count: 1, dead: 1, retrying: 0 });
    await expect(run('replay', 'e-1')).rejects.toThrow('There is no dead letter e-1');
    expect(await run('replay', '--all', '--consumer', 'count')).toBe('There are no dead letters');
    expect(await run('replay', '--all')).toBe('shop: 1 to be handled again');
    expect((await consumers())?.get('send-mail')).toMatchObject({ count: 2, dead: 0 });
  });
});

describe('npm run events', () => {
  const run = (args: string[], environment = {}) =>
    eventsCommand({ args, environment, load: async () => modules, say: () => {} });

  it.each([
    [[]],
    [['lists']],
    [['list', 'e-1']],
    [['show']],
    [['replay']],
    [['replay', 'e-1', '--all']],
    [['list', '--verbose']],
  ])('says what it takes when it is given %j', async (args) => {
    await expect(run(args)).rejects.toThrow('npm run events -- replay --all');
  });

  it('names the subgraphs and consumers that there are', async () => {
    await expect(run(['list', '--subgraph', 'plain'])).rejects.toThrow('one of shop, depot, found plain');
    await expect(run(['list', '--consumer', 'x'])).rejects.toThrow('one of send-mail, count; found x');
  });

  it('says which RabbitMQ it cannot reach', async () => {
    const away = { BROKER_URL: 'amqp://guest:secret@127.0.0.1:1' };
    await expect(run(['list'], away)).rejects.toThrow(/^Cannot reach RabbitMQ at 127.0.0.1:1: .*BROKER_URL$/);
  });

  it.skipIf(rabbitmqUrl() === null)(
    'looks at the dead-letter queues, also before there are any',
    async () => {
      const settings = { BROKER_URL: rabbitmqUrl() ?? '', BROKER_PREFIX: 'test-nothing.' };
      await expect(run(['list'], settings)).resolves.toBeUndefined();
    },
  );
});
