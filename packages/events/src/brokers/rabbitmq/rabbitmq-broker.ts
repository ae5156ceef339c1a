import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@stoa/telemetry';
import { connect, type RecoveringChannelModel } from 'amqplib';
import type { Broker, Subscribed } from '../broker.ts';
import { type Listener, startListener } from './listener.ts';
import { createPublisher } from './publisher.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { namesWith } from './topology.ts';

export interface RabbitMqOptions {
  /** `amqp://user:password@host:5672`, or amqps; a path names a virtual host. */
  readonly url: string;
  /** Begins the names of exchanges and queues. */
  readonly prefix: string;
  /** How many messages a member is given before it acknowledges. */
  readonly prefetch: number;
  readonly logger: Logger;
}

/** Says that a connection is dead when nothing came for twice as long. */
const heartbeatSeconds = 10;
const closeWithinMs = 2_000;

/**
 * A broker over RabbitMQ 3.10 or later. It connects in the background and again after each loss, with growing pauses:
 * while RabbitMQ is away, publishing fails and subscriptions wait.
 */
export async function createRabbitMqBroker({
  url,
  prefix,
  prefetch,
  logger,
}: RabbitMqOptions): Promise<Broker> {
  const names = namesWith(prefix);
  const connection = await connect(withHeartbeat(url), {
    timeout: 10_000,
    noDelay: true,
    clientProperties: { connection_name: 'stoa' },
    recovery: { initialDelay: 100, maxDelay: 5_000, waitForConnect: false },
  });
  let isAway = false;
  connection.on('connect', () => {
    if (isAway) logger.info({ event: 'broker.connected' });
    isAway = false;
  });
  const away = (error: Error) => {
    // Told once, not at each attempt.
    if (!isAway) logger.warn({ event: 'broker.away', reason: error.message });
    isAway = true;
  };
  connection.on('disconnect', away);
  connection.on('connect-failed', away);
  // The loss itself is told by `disconnect`.
  connection.on('error', () => {});

  const publisher = createPublisher(connection, names, logger);
  const subscribed = new Set<Subscribed>();
  /** A process starts also while RabbitMQ is away: it receives when that is back. */
  const started = async <Started extends Receiver | Listener>(one: Started): Promise<Started> => {
    subscribed.add(one);
    const failure = nextFailure(connection);
    await Promise.race([one.tried, failure.met]);
    failure.forget();
    return one;
  };
  return {
    publish: (events) => publisher.publish(events),
    subscribe: (subscription) =>
      started(startReceiver({ connection, names, prefetch, logger, subscription })),
    listen: (listening) => started(startListener({ connection, names, logger, listening })),
    async close() {
      await Promise.all([...subscribed].map((one) => one.stop()));
      await publisher.stop();
      // A connection that is being lost gives no answer.
      await Promise.race([connection.close(), sleep(closeWithinMs, undefined, { ref: false })]);
    },
  };
}

function nextFailure(connection: RecoveringChannelModel) {
  let meet = () => {};
  const met = new Promise<void>((resolve) => {
    meet = () => resolve();
  });
  connection.on('connect-failed', meet);
  return { met, forget: () => connection.off('connect-failed', meet) };
}

function withHeartbeat(url: string): string {
  const address = new URL(url);
  if (!address.searchParams.has('heartbeat')) address.searchParams.set('heartbeat', String(heartbeatSeconds));
  return address.href;
}
