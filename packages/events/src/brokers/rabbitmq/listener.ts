import type { Logger } from '@stoa/telemetry';
import type { Channel, RecoveringChannelModel } from 'amqplib';
import { decodeEvent } from '../../event-message.ts';
import type { Listening, Subscribed } from '../broker.ts';
import { closeChannel } from './close-channel.ts';
import { keepChannel } from './keep-channel.ts';
import { declareEvents, type Names } from './topology.ts';

export interface ListenerOptions {
  readonly connection: RecoveringChannelModel;
  readonly names: Names;
  readonly logger: Logger;
  readonly listening: Listening;
}

export interface Listener extends Subscribed {
  /** Resolves when it hears, or when that has failed once. */
  readonly tried: Promise<void>;
}

/**
 * Hears events from a queue of its own, which RabbitMQ names and takes away with the connection; nothing is acknowledged.
 * After a lost connection there is a new queue, and what came in between was missed.
 */
export function startListener({ connection, names, logger, listening }: ListenerOptions): Listener {
  let hasHeard = false;
  const channel = keepChannel<Channel>({
    name: 'listener',
    logger,
    open: () => connection.createChannel(),
    async prepare(opened) {
      await declareEvents(opened, names);
      const { queue } = await opened.assertQueue('', { exclusive: true, durable: false, autoDelete: true });
      for (const type of listening.types) await opened.bindQueue(queue, names.events, type);
      await opened.consume(
        queue,
        (message) => {
          if (message === null) void closeChannel(opened);
          else hear(message.content);
        },
        { noAck: true },
      );
      if (hasHeard) listening.missed();
      hasHeard = true;
    },
  });
  function hear(content: Buffer): void {
    try {
      listening.hear(decodeEvent(content));
    } catch (error) {
      logger.error({ event: 'event.not-heard', err: error });
    }
  }
  return { tried: channel.tried, stop: () => channel.stop() };
}
