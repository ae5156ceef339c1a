import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@stoa/telemetry';
import { expect, test, vi } from 'vitest';
import { createAfterAnswer } from './after-answer.ts';

test('work after the answer does not hold the answer up, and is waited for at the end', async () => {
  const afterAnswer = createAfterAnswer(silentLogger);
  const done: string[] = [];
  afterAnswer.run('slow', async () => {
    await sleep(20);
    done.push('slow');
    afterAnswer.run('begun by the other', async () => void done.push('begun by the other'));
  });
  expect(done).toEqual([]);
  await afterAnswer.finish();
  expect(done).toEqual(['slow', 'begun by the other']);
});

test('work that fails after the answer is logged under its name', async () => {
  const error = vi.fn();
  const afterAnswer = createAfterAnswer(Object.assign(Object.create(silentLogger), { error }));
  const reason = new Error('The mail server is away');
  afterAnswer.run('letter', () => Promise.reject(reason));
  await afterAnswer.finish();
  expect(error).toHaveBeenCalledExactlyOnceWith({
    event: 'after-answer.failed',
    work: 'letter',
    err: reason,
  });
});
