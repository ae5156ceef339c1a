import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@stoa/telemetry';
import { expect, it, vi } from 'vitest';
import { startLoop } from './worker.ts';

const loop = (pass: () => Promise<boolean>, pauseMs = 60_000) =>
  startLoop({ name: 'test', pauseMs, pass, logger: silentLogger });

it('goes on at once while there is more to do, then rests', async () => {
  const pass = vi.fn(async () => pass.mock.calls.length < 3);
  const running = loop(pass);
  await vi.waitFor(() => expect(pass).toHaveBeenCalledTimes(3));
  await sleep(20);
  expect(pass).toHaveBeenCalledTimes(3);
  await running.stop();
});

it('tries again after a pass that failed', async () => {
  const pass = vi.fn(async () => {
    if (pass.mock.calls.length === 1) throw new Error('the database was away');
    return false;
  });
  const running = loop(pass, 1);
  await vi.waitFor(() => expect(pass.mock.calls.length).toBeGreaterThan(1));
  await running.stop();
});

it('goes on at once when it is woken, also when that happens during a pass', async () => {
  let wake = () => {};
  const pass = vi.fn(async () => {
    if (pass.mock.calls.length === 1) wake();
    return false;
  });
  const running = startLoop({
    name: 'test',
    pauseMs: 60_000,
    pass,
    logger: silentLogger,
    wakenBy: (given) => {
      wake = given;
    },
  });
  await vi.waitFor(() => expect(pass).toHaveBeenCalledTimes(2));
  wake();
  await vi.waitFor(() => expect(pass).toHaveBeenCalledTimes(3));
  await running.stop();
});

it('lets the pass that runs end before it has stopped', async () => {
  let isDone = false;
  const running = loop(async () => {
    await sleep(20);
    isDone = true;
    return true;
  });
  await running.stop();
  await running.stop();
  expect(isDone).toBe(true);
});
