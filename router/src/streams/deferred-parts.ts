import type { AnswerPart } from '../engine/operation/compiled-operation.ts';
import type { StreamFormat } from './format-answers.ts';
import type { Parts } from './multipart.ts';

/**
 * The parts of an answer with @defer, as they are sent. They are made as fast as the client reads them, no faster, and end when it
 * goes; what fails altogether is told in a last part.
 */
export function deferredParts(
  parts: AsyncIterable<AnswerPart>,
  format: Pick<StreamFormat, 'part' | 'failure'>,
): Parts {
  const iterator = parts[Symbol.asyncIterator]();
  let isOver = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (isOver) return { done: true, value: undefined };
      try {
        const { value, done } = await iterator.next();
        return done ? { done, value } : { done: false, value: format.part(value) };
      } catch (error) {
        isOver = true;
        return { done: false, value: { errors: [format.failure(error)], hasNext: false } };
      }
    },
    async return() {
      isOver = true;
      // Not waited for: a generator that is at work comes to this when it is done.
      void iterator.return?.();
      return { done: true, value: undefined };
    },
  };
}
