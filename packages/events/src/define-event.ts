import { z } from 'zod';

/** An event that a domain owns: its name and version, and the form of its payload. */
export interface EventDefinition<Payload = unknown> {
  /** `domain.what-happened.vN`, for example `order.placed.v1`. */
  readonly type: string;
  readonly payload: z.ZodType<Payload>;
}

/**
 * Declares an event. A payload is parsed when it is written and again when it is consumed.
 * @throws {Error} at boot, when the name has not the form `domain.what-happened.vN`
 */
export function defineEvent<Payload>(type: string, payload: z.ZodType<Payload>): EventDefinition<Payload> {
  if (!/^[a-z-]+\.[a-z-]+\.v\d+$/.test(type)) {
    throw new Error(`Expected an event's name such as order.placed.v1, found ${JSON.stringify(type)}`);
  }
  return { type, payload };
}

export { z };
