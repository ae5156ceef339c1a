import { Failure } from '@stoa/errors';
import { boundedQueue, type Stream } from '@stoa/streams';
import type { Broker } from '../brokers/broker.ts';
import type { EventDefinition } from '../define-event.ts';
import type { EventMessage } from '../event-message.ts';

/** An event of some definition, as it is heard: its payload has been parsed. Null when events may have been missed. */
export type Heard<Payload> = (EventMessage & { readonly payload: Payload }) | null;

/** What happens from now on, in whichever process, for those who wait for it in this one. */
export interface LiveEvents {
  /**
   * Hears events that are wanted, until the stream is returned. What happened twice may be heard twice. A reader that is
   * too slow gets a failure, with the code STREAM_TOO_SLOW.
   */
  hear<Payload>(
    definitions: readonly EventDefinition<Payload>[],
    wants: (payload: Payload) => boolean,
  ): Stream<Heard<Payload>>;
  /** Ends all that listen. May be called twice. */
  stop(): Promise<void>;
}

interface Listener {
  hear(event: EventMessage): void;
  missed(): void;
  end(): void;
}

/** How many events may wait for one who listens. */
const mostWaiting = 1_000;

/**
 * Begins to hear events of these types, once for the process, however many listen.
 * @param types those that anybody may want to hear
 * @param broker null where there is none: then nothing is heard
 */
export async function listenLive(types: readonly string[], broker: Broker | null): Promise<LiveEvents> {
  const listeners = new Set<Listener>();
  const listening = await broker?.listen({
    types,
    hear(event) {
      for (const listener of listeners) listener.hear(event);
    },
    missed() {
      for (const listener of listeners) listener.missed();
    },
  });
  let isStopped = false;
  return {
    hear<Payload>(definitions: readonly EventDefinition<Payload>[], wants: (payload: Payload) => boolean) {
      const undeclared = definitions.find(({ type }) => !types.includes(type));
      if (undeclared !== undefined)
        throw new Failure('internal', `Expected ${undeclared.type} among what the subgraph hears`);
      const queue = boundedQueue<Heard<Payload>>({
        most: mostWaiting,
        overflow: () =>
          new Failure('unavailable', `More than ${mostWaiting} events waited to be read`, {
            code: 'STREAM_TOO_SLOW',
          }),
        onEnd: () => listeners.delete(listener),
      });
      const listener: Listener = {
        hear(event) {
          const definition = definitions.find(({ type }) => type === event.type);
          if (definition === undefined) return;
          const payload = definition.payload.safeParse(event.payload);
          if (payload.success && wants(payload.data)) queue.push({ ...event, payload: payload.data });
        },
        missed: () => void queue.push(null),
        end: () => queue.end(),
      };
      if (isStopped) queue.end();
      else listeners.add(listener);
      return queue.stream;
    },
    async stop() {
      isStopped = true;
      for (const listener of listeners) listener.end();
      await listening?.stop();
    },
  };
}
