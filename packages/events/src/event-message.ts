import { z } from 'zod';

/** An event on its way: what is in the outbox, at the broker and in the inbox. */
export interface EventMessage {
  /** The event's own, made when it was recorded; the key by which it is known to have been handled. */
  readonly id: string;
  /** `order.placed.v1`. */
  readonly type: string;
  readonly aggregateId: string;
  /** Of the request that made it happen. */
  readonly requestId: string;
  readonly occurredAt: Date;
  /** Plain JSON; not parsed yet. */
  readonly payload: unknown;
}

/** Fits the inbox's columns on both engines: PostgreSQL keeps no NUL. */
const text = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0'), 'has a NUL');

const wireForm = z.object({
  id: text(36),
  type: text(255),
  aggregateId: text(255),
  requestId: text(255),
  occurredAt: z.iso.datetime().transform((moment) => new Date(moment)),
  payload: z.unknown(),
});

/** The event as bytes: JSON in UTF-8. */
export function encodeEvent(event: EventMessage): Buffer {
  return Buffer.from(JSON.stringify(event));
}

/** @throws {Error} when the bytes are no event; its payload is not looked at */
export function decodeEvent(bytes: Buffer): EventMessage {
  const { payload, ...event } = wireForm.parse(JSON.parse(bytes.toString('utf8')));
  return { ...event, payload };
}
