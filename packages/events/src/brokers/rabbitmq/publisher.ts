import type { Logger } from '@stoa/telemetry';
import type { ConfirmChannel, RecoveringChannelModel } from 'amqplib';
import { type EventMessage, encodeEvent } from '../../event-message.ts';
import { unavailable } from '../broker.ts';
import { closeChannel } from './close-channel.ts';
import { type KeptChannel, keepChannel } from './keep-channel.ts';
import { declareEvents, type Names } from './topology.ts';

/** How long RabbitMQ may take to confirm a batch before it counts as away. */
const confirmWithinMs = 10_000;

export interface Publisher {
  publish(events: readonly EventMessage[]): Promise<void>;
  stop(): Promise<void>;
}

/** Publishes with confirmation: RabbitMQ confirms a message when every queue that it goes to has it on disk. */
export function createPublisher(connection: RecoveringChannelModel, names: Names, logger: Logger): Publisher {
  const channel: KeptChannel<ConfirmChannel> = keepChannel({
    name: 'publisher',
    logger,
    open: () => connection.createConfirmChannel(),
    prepare: (opened) => declareEvents(opened, names),
  });
  // RabbitMQ reads nothing more while it is short of memory or disk.
  let blockedBecause: string | null = null;
  connection.on('blocked', (reason) => {
    blockedBecause = reason;
  });
  for (const event of ['unblocked', 'disconnect']) {
    connection.on(event, () => {
      blockedBecause = null;
    });
  }
  return {
    async publish(events) {
      const open = channel.current();
      if (open === null) throw unavailable('RabbitMQ cannot be reached');
      if (blockedBecause !== null) throw unavailable(`RabbitMQ takes no events: ${blockedBecause}`);
      const confirmed = Promise.all(events.map((event) => publishOne(open, names, event)));
      try {
        await within(confirmWithinMs, confirmed);
      } catch (error) {
        // What is on its way may still arrive: what is published later must not be sent before that is known.
        void closeChannel(open);
        throw unavailable('RabbitMQ did not confirm a batch of events', error);
      }
    },
    stop: () => channel.stop(),
  };
}

function publishOne(channel: ConfirmChannel, names: Names, event: EventMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    channel.publish(
      names.events,
      event.type,
      encodeEvent(event),
      {
        persistent: true,
        contentType: 'application/json',
        messageId: event.id,
        type: event.type,
        timestamp: Math.floor(event.occurredAt.getTime() / 1_000),
        correlationId: event.requestId,
      },
      (error) => (error === null ? resolve() : reject(error)),
    );
  });
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no confirmation within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
