import { buffered, type Stream } from '@stoa/streams';
import type { Answer } from '../engine/operation/answers.ts';
import { streamEnds } from './stream-ends.ts';
import type { OpenedEvents } from './stream-slot.ts';

export interface GuardOptions {
  /** Answers that wait for a client that reads slowly. */
  readonly buffered: number;
  /** End the stream with their reasons. */
  readonly stops: readonly AbortSignal[];
  readonly format: (answer: Answer) => object;
}

/** A stream that is read within bounds and can be ended from outside: what is sent to a client. */
export function guardStream({ open, until }: OpenedEvents, options: GuardOptions): Stream<object> {
  return buffered({
    async *open(ended) {
      for await (const answer of open(ended)) yield options.format(answer);
    },
    most: options.buffered,
    stop: AbortSignal.any([until, ...options.stops]),
    overflow: () => streamEnds.tooSlow(options.buffered),
  });
}
