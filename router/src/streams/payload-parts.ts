import type { Stream } from '@stoa/streams';
import type { GraphQLFormattedError } from 'graphql';
import type { Parts } from './multipart.ts';

/**
 * The answers of a subscription as Apollo's multipart protocol wraps them: `{ payload }` for each, and for a stream that
 * has failed `{ payload: null, errors }` as the last.
 */
export function payloadParts(
  answers: Stream<object>,
  failure: (error: unknown) => GraphQLFormattedError,
): Parts {
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        const { value, done } = await answers.next();
        return done ? { done, value } : { done: false, value: { payload: value } };
      } catch (error) {
        return { done: false, value: { payload: null, errors: [failure(error)] } };
      }
    },
    return: () => answers.return(),
  };
}
