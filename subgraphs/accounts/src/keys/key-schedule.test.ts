import { describe, expect, test } from 'vitest';
import { publishedAt, retirement, signingKeyAt } from './key-schedule.ts';

const at = (time: string) => new Date(`2026-01-01T${time}Z`);
const first = { sequence: 1, activatesAt: at('09:00:00'), retiresAt: at('10:16:00') };
const second = { sequence: 2, activatesAt: at('10:00:00'), retiresAt: null };
const sequences = (keys: readonly { sequence: number }[]) => keys.map(({ sequence }) => sequence);

describe('the schedule of keys', () => {
  test.each([
    ['before the new key is active, the old one signs', '09:59:59', 1],
    ['from that moment on, the new one', '10:00:00', 2],
    ['by a clock that lags behind the first key, the first key', '08:59:59', 1],
  ])('%s', (_, time, sequence) => {
    expect(signingKeyAt([first, second], at(time))?.sequence).toBe(sequence);
  });

  test('a key that was activated at once goes before an older one that was planned for later', () => {
    const third = { sequence: 3, activatesAt: at('09:30:00'), retiresAt: null };
    expect(signingKeyAt([first, second, third], at('11:00:00'))?.sequence).toBe(3);
  });

  test.each([
    ['a key to come is published, so that verifiers know it in time', '09:30:00', [1, 2]],
    ['a key that signs no more is published while its tokens live', '10:15:59', [1, 2]],
    ['after that it is not', '10:16:00', [2]],
  ])('%s', (_, time, published) => {
    expect(sequences(publishedAt([first, second], at(time)))).toEqual(published);
  });

  test('a key retires when the last token made with it has expired on a clock a minute slow', () => {
    expect(retirement(at('10:00:00'), 900)).toEqual(at('10:16:00'));
  });
});
