export { defineEvent, type EventDefinition, z } from './define-event.ts';
export { type Occurrence, OutboxEvent, outboxMigration, recordEvent } from './outbox.ts';
