import { silentLogger } from '@stoa/telemetry';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Broker, brokerUnavailable, type EventMessage, openBroker } from '../src/index.ts';
import { eventually } from './eventually.ts';
import { ownNames } from './rabbitmq.ts';

interface Implementation {
  readonly name: string;
  open(): Promise<Broker>;
  /** Removes what was left behind. */
  clean(groups: readonly string[]): Promise<void>;
}

const rabbitMq = ownNames();
const implementations: readonly Implementation[] = [
  {
    name: 'in memory',
    open: () => openBroker({ url: undefined, prefix: '', prefetch: 50 }, silentLogger),
    clean: async () => {},
  },
  ...(rabbitMq === null
    ? []
    : [
        {
          name: 'on RabbitMQ',
          open: () => openBroker({ ...rabbitMq, prefetch: 50 }, silentLogger),
          clean: rabbitMq.remove,
        },
      ]),
];

let made = 0;
const event = (aggregateId: string, type = 'note.renamed.v1'): EventMessage => {
  made += 1;
  return {
    id: `e-${made}`,
    type,
    aggregateId,
    requestId: 'r-1',
    occurredAt: new Date('2026-03-04T05:06:07.008Z'),
    payload: { name: `nämé ${made}`, parts: [1, null] },
  };
};
const ids = (events: readonly EventMessage[]) => events.map(({ id }) => id);

describe.each(implementations)('a broker $name', ({ open, clean }) => {
  let broker: Broker;
  const groups = new Set<string>();
  const opened = async () => {
    broker = await open();
    return broker;
  };
  /** A member of a group, and what it has received. */
  const member = async (group: string, types: readonly string[], first?: () => Promise<void>) => {
    groups.add(group);
    const received: EventMessage[] = [];
    const { stop } = await broker.subscribe({
      group,
      types,
      receive: async (events) => {
        await first?.();
        received.push(...events);
      },
    });
    return { received, stop };
  };
  afterEach(async () => {
    await broker.close();
    await clean([...groups]);
    groups.clear();
  });

  it('gives every group the events of its types, as they were', async () => {
    await opened();
    const mail = await member('shop.mail', ['note.renamed.v1']);
    const search = await member('shop.search', ['note.renamed.v1', 'note.removed.v1']);
    const events = [event('n-1'), event('n-1', 'note.removed.v1'), event('n-2', 'note.copied.v1')];
    await broker.publish(events);
    await eventually(() => expect(search.received).toEqual(events.slice(0, 2)));
    await eventually(() => expect(mail.received).toEqual(events.slice(0, 1)));
  });

  it('keeps the order in which events were published', async () => {
    await opened();
    const { received } = await member('shop.mail', ['note.renamed.v1']);
    const batches = Array.from({ length: 4 }, () => Array.from({ length: 100 }, () => event('n-1')));
    for (const batch of batches) await broker.publish(batch);
    await eventually(() => expect(ids(received)).toEqual(ids(batches.flat())));
  });

  it('gives an event to one member of a group', async () => {
    await opened();
    const one = await member('shop.mail', ['note.renamed.v1']);
    const other = await member('shop.mail', ['note.renamed.v1']);
    const events = Array.from({ length: 20 }, () => event('n-1'));
    await broker.publish(events);
    await eventually(() => expect(one.received.length + other.received.length).toBe(20));
    await one.stop();
    await broker.publish([event('n-2')]);
    await eventually(() => expect(ids(other.received)).toContain(`e-${made}`));
    expect(new Set(ids([...one.received, ...other.received])).size).toBe(21);
  });

  it('gives events again, in order, to a member that could not take them', async () => {
    await opened();
    let failures = 2;
    const { received } = await member('shop.mail', ['note.renamed.v1'], async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('the database was away');
    });
    const events = [event('n-1'), event('n-1'), event('n-2')];
    // As a relay does: what was not published is published again.
    await eventually(() => broker.publish(events));
    await eventually(() => expect(new Set(ids(received))).toEqual(new Set(ids(events))));
    expect(
      ids(received)
        .filter((id) => id !== events[2]?.id)
        .slice(0, 2),
    ).toEqual(ids(events.slice(0, 2)));
  });

  it('loses nothing that is published while no member of the group runs', async () => {
    await opened();
    const first = await member('shop.mail', ['note.renamed.v1']);
    await broker.publish([event('n-1')]);
    await eventually(() => expect(first.received).toHaveLength(1));
    await first.stop();
    const missed = [event('n-1'), event('n-1')];
    const isRefused = await broker.publish(missed).then(
      () => false,
      (error) => {
        expect(error).toMatchObject({ code: brokerUnavailable });
        return true;
      },
    );
    const second = await member('shop.mail', ['note.renamed.v1']);
    if (isRefused) await broker.publish(missed);
    await eventually(() => expect(ids(second.received)).toEqual(ids(missed)));
  });

  it('lets everybody who listens hear every event of their types while they do, beside the groups', async () => {
    await opened();
    const { received } = await member('shop.mail', ['note.renamed.v1']);
    const listen = async (types: readonly string[]) => {
      const heard: EventMessage[] = [];
      const { stop } = await broker.listen({ types, hear: (one) => heard.push(one), missed: () => {} });
      return { heard, stop };
    };
    const one = await listen(['note.renamed.v1']);
    const other = await listen(['note.renamed.v1', 'note.removed.v1']);
    const events = [event('n-1'), event('n-1', 'note.removed.v1'), event('n-2')];
    await broker.publish(events);
    await eventually(() => expect(other.heard).toEqual(events));
    await eventually(() => expect(one.heard).toEqual([events[0], events[2]]));
    await eventually(() => expect(received).toHaveLength(2));
    await one.stop();
    const later = event('n-3');
    await broker.publish([later]);
    await eventually(() => expect(other.heard.at(-1)).toEqual(later));
    expect(one.heard).toHaveLength(2);
  });

  it('publishes though nobody but one who listens has ever asked for anything', async () => {
    await opened();
    const heard: EventMessage[] = [];
    await broker.listen({ types: ['note.renamed.v1'], hear: (one) => heard.push(one), missed: () => {} });
    const one = event('n-1');
    await eventually(() => broker.publish([one]));
    await eventually(() => expect(heard).toContainEqual(one));
  });

  it('lets a member that stops finish what it receives', async () => {
    await opened();
    const started = vi.fn();
    let go = () => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const { received, stop } = await member('shop.mail', ['note.renamed.v1'], () => {
      started();
      return held;
    });
    const published = broker.publish([event('n-1')]);
    await eventually(() => expect(started).toHaveBeenCalled());
    const stopped = stop();
    go();
    await Promise.all([published, stopped]);
    expect(received).toHaveLength(1);
  });
});
