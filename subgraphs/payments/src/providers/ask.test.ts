import { describe, expect, it, test } from 'vitest';
import { ask } from './ask.ts';
import { ProviderTimeout } from './provider-timeout.ts';

type Step = 'done' | 'nothing' | 'timeout';

/** Plays the steps in order and notes what was asked. */
function provider(steps: Step[]) {
  const asked: string[] = [];
  const play = async (call: string) => {
    asked.push(call);
    const step = steps.shift();
    if (step === 'timeout') throw new ProviderTimeout('no answer');
    return step === 'done' ? `done by ${call}` : null;
  };
  return {
    asked,
    act: async () => String(await play('act')),
    look: () => play('look'),
  };
}

describe('asking a provider', () => {
  test.each<[string, boolean, Step[], string[], string | null]>([
    ['takes the answer', false, ['done'], ['act'], 'done by act'],
    ['looks when the answer is lost', false, ['timeout', 'done'], ['act', 'look'], 'done by look'],
    ['knows that nothing was done', false, ['timeout', 'nothing'], ['act', 'look'], 'not done'],
    ['does not guess', false, ['timeout', 'timeout'], ['act', 'look'], null],
    ['looks first on a repeat', true, ['done'], ['look'], 'done by look'],
    ['acts on a repeat when nothing was done', true, ['nothing', 'done'], ['look', 'act'], 'done by act'],
    ['does not act on a repeat when it cannot look', true, ['timeout'], ['look'], null],
    [
      'looks again on a repeat when the answer is lost',
      true,
      ['nothing', 'timeout', 'nothing'],
      ['look', 'act', 'look'],
      'not done',
    ],
  ])('%s', async (_, isRepeat, steps, asked, outcome) => {
    const played = provider(steps);
    const answer = await ask<string>({ ...played, isRepeat, notDone: 'not done' });
    expect(answer).toBe(outcome);
    expect(played.asked).toEqual(asked);
  });

  it('closes the door when the answer is lost, where the provider has one', async () => {
    const { act, look, asked } = provider(['nothing', 'timeout']);
    const close = async () => {
      asked.push('close');
      return null;
    };
    expect(await ask<string>({ act, look, close, isRepeat: true, notDone: 'not done' })).toBe('not done');
    expect(asked).toEqual(['look', 'act', 'close']);
  });

  it('does not take a fault for a time-out', async () => {
    const act = () => Promise.reject(new TypeError('a bug'));
    await expect(
      ask({ act, look: async () => 'done', isRepeat: false, notDone: 'not done' }),
    ).rejects.toThrow('a bug');
  });
});
