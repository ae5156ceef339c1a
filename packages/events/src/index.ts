export { type Broker, brokerUnavailable, type Subscribed, type Subscription } from './brokers/broker.ts';
export { createInMemoryBroker } from './brokers/in-memory-broker.ts';
export { openBroker } from './brokers/open-broker.ts';
export { type BrokerSettings, type EventSettings, readBrokerSettings, readEventSettings } from './config.ts';
export { defineEvent, type EventDefinition, z } from './define-event.ts';
export { type EventLag, eventLag, type Waiting } from './event-lag.ts';
export type { EventMessage } from './event-message.ts';
export { type ConsumedEvent, type Consumer, type ConsumerOptions, consume } from './inbox/consumer.ts';
export {
  type DeadLetter,
  type DeadLetterChoice,
  deadLetters,
  replayDeadLetters,
} from './inbox/dead-letters.ts';
export { forgetEvents } from './inbox/forget-events.ts';
export { createHandler } from './inbox/handle-events.ts';
export { receiveEvents } from './inbox/receive-events.ts';
export { type Heard, type LiveEvents, listenLive } from './live/live-events.ts';
export { eventMigrations } from './migrations.ts';
export { onEventsCommitted } from './outbox/on-events-committed.ts';
export { type Occurrence, OutboxEvent, recordEvent } from './outbox/outbox-event.ts';
export { createRelay } from './outbox/relay-events.ts';
