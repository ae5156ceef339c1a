import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@stoa/telemetry';
import type { Channel, ConsumeMessage, RecoveringChannelModel } from 'amqplib';
import { decodeEvent, type EventMessage } from '../../event-message.ts';
import type { Subscribed, Subscription } from '../broker.ts';
import { closeChannel } from './close-channel.ts';
import { keepChannel } from './keep-channel.ts';
import { declareGroup, type Names } from './topology.ts';

/** How long to wait before events that could not be received are given again: from, to. */
const firstPauseMs = 100;
const longestPauseMs = 5_000;

export interface ReceiverOptions {
  readonly connection: RecoveringChannelModel;
  readonly names: Names;
  readonly prefetch: number;
  readonly logger: Logger;
  readonly subscription: Subscription;
}

export interface Receiver extends Subscribed {
  /** Resolves when the queue is there, or when that has failed once. */
  readonly tried: Promise<void>;
}

/**
 * Receives what comes to a group's queue, as many at once as have come, and acknowledges them together. What is no event
 * goes to the dead-letter queue. Stopping closes the channel without cancelling first: RabbitMQ then gives the next
 * member what was not acknowledged before it gives it anything later.
 */
export function startReceiver(options: ReceiverOptions): Receiver {
  const { connection, names, prefetch, logger, subscription } = options;
  const { group, types } = subscription;
  const stopping = new AbortController();
  let receiving: Promise<void> = Promise.resolve();
  const channel = keepChannel<Channel>({
    name: group,
    logger,
    open: () => connection.createChannel(),
    async prepare(opened) {
      await declareGroup(opened, names, group, types);
      await opened.prefetch(prefetch);
      const ended = new AbortController();
      opened.once('close', () => ended.abort());
      const receive = receiverOn(opened, options, AbortSignal.any([stopping.signal, ended.signal]));
      await opened.consume(names.queueOf(group), (message) => {
        // RabbitMQ has cancelled, as when a queue was deleted: begin anew.
        if (message === null) void closeChannel(opened);
        else receiving = receive(message);
      });
    },
  });
  return {
    tried: channel.tried,
    async stop() {
      stopping.abort();
      await receiving;
      await channel.stop();
    },
  };
}

function receiverOn(channel: Channel, { subscription, logger }: ReceiverOptions, stopping: AbortSignal) {
  const { group, types, receive } = subscription;
  let waiting: { readonly message: ConsumeMessage; readonly event: EventMessage }[] = [];
  let running: Promise<void> | null = null;

  const receiveWaiting = async () => {
    while (waiting.length > 0 && !stopping.aborted) {
      const batch = waiting;
      waiting = [];
      // A queue keeps its bindings, also to types that its consumer has given up.
      const wanted = batch.map(({ event }) => event).filter(({ type }) => types.includes(type));
      const isTaken = await insisting(async () => {
        if (wanted.length > 0) await receive(wanted);
      });
      const last = batch.at(-1);
      if (isTaken && last !== undefined) acknowledge(() => channel.ack(last.message, true));
    }
  };
  /** Tries until it succeeds, since giving events back to RabbitMQ would only have them come again at once. */
  const insisting = async (work: () => Promise<void>): Promise<boolean> => {
    for (let pauseMs = firstPauseMs; !stopping.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      try {
        await work();
        return true;
      } catch (error) {
        logger.error({ event: 'events.not-received', group, err: error });
        await sleep(pauseMs, undefined, { signal: stopping }).catch(() => {});
      }
    }
    return false;
  };

  return (message: ConsumeMessage): Promise<void> => {
    try {
      waiting.push({ message, event: decodeEvent(message.content) });
    } catch (error) {
      logger.error({ event: 'event.malformed', group, messageId: message.properties.messageId, err: error });
      acknowledge(() => channel.nack(message, false, false));
    }
    running ??= receiveWaiting().finally(() => {
      running = null;
    });
    return running;
  };
}

/** On a channel that has just ended, RabbitMQ gives the message again. */
function acknowledge(answer: () => void): void {
  try {
    answer();
  } catch {}
}
