import { once } from 'node:events';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { silentLogger } from '@stoa/telemetry';
import { connect } from 'amqplib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDeadLetterQueues } from '../src/brokers/rabbitmq/dead-letter-queue.ts';
import { namesWith } from '../src/brokers/rabbitmq/topology.ts';
import { type Broker, brokerUnavailable, type EventMessage, openBroker } from '../src/index.ts';
import { eventually } from './eventually.ts';
import { ownNames } from './rabbitmq.ts';

const own = ownNames();
const group = 'shop.mail';
const event = (id: string): EventMessage => ({
  id,
  type: 'note.renamed.v1',
  aggregateId: 'n-1',
  requestId: 'r-1',
  occurredAt: new Date('2026-03-04T05:06:07.008Z'),
  payload: {},
});

/** A way to RabbitMQ that can be cut. */
interface Wire {
  readonly url: string;
  /** Ends every connection and takes no new one, until it is mended. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

async function wireTo(url: string): Promise<Wire> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(Number(target.port || 5672), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const end = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    async close() {
      end();
      server.close();
      await once(server, 'close');
    },
  };
}

describe.skipIf(own === null)('RabbitMQ', () => {
  const { url, prefix, remove } = own ?? { url: '', prefix: '', remove: async () => {} };
  let wire: Wire;
  let broker: Broker;
  let received: string[];
  beforeEach(async () => {
    wire = await wireTo(url);
    broker = await openBroker({ url: wire.url, prefix, prefetch: 10 }, silentLogger);
    received = [];
    await broker.subscribe({
      group,
      types: ['note.renamed.v1'],
      receive: async (events) => {
        received.push(...events.map(({ id }) => id));
      },
    });
  });
  afterEach(async () => {
    await broker.close();
    await wire.close();
    await remove([group]);
  });

  it('is connected to again after the connection was lost, for publishing and for receiving', async () => {
    await broker.publish([event('e-1')]);
    await eventually(() => expect(received).toEqual(['e-1']));
    wire.cut();
    await eventually(() =>
      expect(broker.publish([event('e-2')])).rejects.toMatchObject({ code: brokerUnavailable }),
    );
    wire.mend();
    await eventually(() => broker.publish([event('e-2'), event('e-3')]));
    await eventually(() => expect(received).toContain('e-3'));
    expect(received.indexOf('e-2')).toBeLessThan(received.indexOf('e-3'));
  });

  it('tells who listens that something may have been missed, and lets them hear again', async () => {
    const heard: string[] = [];
    await broker.listen({
      types: ['note.renamed.v1'],
      hear: ({ id }) => heard.push(id),
      missed: () => heard.push('missed'),
    });
    await broker.publish([event('e-1')]);
    await eventually(() => expect(heard).toEqual(['e-1']));
    wire.cut();
    wire.mend();
    await eventually(() => expect(heard).toEqual(['e-1', 'missed']));
    await eventually(() => broker.publish([event('e-2')]));
    await eventually(() => expect(heard).toContain('e-2'));
  });

  it('may be away when a process starts', async () => {
    wire.cut();
    const late = await openBroker({ url: wire.url, prefix, prefetch: 10 }, silentLogger);
    const got: string[] = [];
    await late.subscribe({
      group: 'shop.late',
      types: ['note.renamed.v1'],
      receive: async (events) => {
        got.push(...events.map(({ id }) => id));
      },
    });
    await expect(late.publish([event('e-4')])).rejects.toMatchObject({ code: brokerUnavailable });
    wire.mend();
    await eventually(async () => {
      await late.publish([event('e-4')]);
      expect(got).toContain('e-4');
    });
    await late.close();
    await remove(['shop.late']);
  });

  it('can be closed while it is away', async () => {
    wire.cut();
    await broker.close();
    await expect(broker.publish([event('e-5')])).rejects.toMatchObject({ code: brokerUnavailable });
  });

  it('puts what is no event on the dead-letter queue, and goes on', async () => {
    const names = namesWith(prefix);
    const connection = await connect(url);
    const channel = await connection.createConfirmChannel();
    const long = JSON.stringify({ ...event('e-6'), aggregateId: 'n'.repeat(300) });
    for (const content of ['{"id":', '{}', long])
      channel.publish(names.events, 'note.renamed.v1', Buffer.from(content), {
        messageId: `m-${content.length}`,
      });
    await channel.waitForConfirms();
    await connection.close();
    await broker.publish([event('e-7')]);
    await eventually(() => expect(received).toEqual(['e-7']));

    const queues = await openDeadLetterQueues({ url, prefix });
    // Looking leaves them where they are.
    for (const _ of [1, 2]) {
      await eventually(async () =>
        expect(await queues.list(group, 10)).toMatchObject([
          { group, id: 'm-6', reason: 'rejected', content: '{"id":' },
          { group, id: 'm-2', reason: 'rejected', content: '{}' },
          { group, id: `m-${long.length}`, reason: 'rejected' },
        ]),
      );
    }
    await queues.close();
  });

  it('gives a dead letter to its group again when it is replayed', async () => {
    const names = namesWith(prefix);
    const connection = await connect(url);
    const channel = await connection.createConfirmChannel();
    for (const id of ['e-8', 'e-9'])
      channel.sendToQueue(names.deadQueueOf(group), Buffer.from(JSON.stringify(event(id))), {
        messageId: id,
      });
    await channel.waitForConfirms();
    await connection.close();

    const queues = await openDeadLetterQueues({ url, prefix });
    expect(await queues.replay(group, ({ id }) => id === 'e-9')).toBe(1);
    await eventually(() => expect(received).toEqual(['e-9']));
    await eventually(async () => expect(await queues.list(group, 10)).toMatchObject([{ id: 'e-8' }]));
    expect(await queues.list('shop.nobody', 10)).toEqual([]);
    await queues.close();
  });
});
