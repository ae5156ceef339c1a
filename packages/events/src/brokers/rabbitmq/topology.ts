import type { Channel } from 'amqplib';

/** How often RabbitMQ gives a message to members that end without taking it, before it puts it on the dead-letter queue. */
const deliveryLimit = 20;
/** RabbitMQ 4 limits what it is not told to leave alone; to look at a dead letter counts as a delivery. */
const withoutLimit = 1_000_000_000;

/** What exchanges and queues are called. */
export interface Names {
  /** All events, by type. */
  readonly events: string;
  /** What could not be delivered, by group. */
  readonly dead: string;
  /** The queue of a group: its name. */
  queueOf(group: string): string;
  deadQueueOf(group: string): string;
}

/** @param prefix begins every name, where several shops share a RabbitMQ */
export function namesWith(prefix: string): Names {
  return {
    events: `${prefix}stoa.events`,
    dead: `${prefix}stoa.dead-letters`,
    queueOf: (group) => `${prefix}${group}`,
    deadQueueOf: (group) => `${prefix}${group}.dead-letters`,
  };
}

/** Declares the exchange that events are published to. */
export async function declareEvents(channel: Channel, names: Names): Promise<void> {
  await channel.assertExchange(names.events, 'topic', { durable: true });
}

/**
 * Declares a group's queue and its dead-letter queue, both of them quorum queues. One member at a time is given
 * messages (x-single-active-consumer), since two would receive the events of one aggregate side by side; another takes
 * over when it goes.
 */
export async function declareGroup(
  channel: Channel,
  names: Names,
  group: string,
  types: readonly string[],
): Promise<void> {
  await declareEvents(channel, names);
  await channel.assertExchange(names.dead, 'direct', { durable: true });
  await channel.assertQueue(names.deadQueueOf(group), {
    durable: true,
    arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': withoutLimit },
  });
  await channel.bindQueue(names.deadQueueOf(group), names.dead, group);
  await channel.assertQueue(names.queueOf(group), {
    durable: true,
    arguments: {
      'x-queue-type': 'quorum',
      'x-single-active-consumer': true,
      'x-delivery-limit': deliveryLimit,
      'x-dead-letter-exchange': names.dead,
      'x-dead-letter-routing-key': group,
      // A dead letter leaves its queue only once the other has it; RabbitMQ asks for this overflow with it.
      'x-dead-letter-strategy': 'at-least-once',
      'x-overflow': 'reject-publish',
    },
  });
  for (const type of types) await channel.bindQueue(names.queueOf(group), names.events, type);
}
