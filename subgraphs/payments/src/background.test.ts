import { silentLogger } from '@stoa/telemetry';
import { expect, it, vi } from 'vitest';
import { createBackground } from './background.ts';

/** A pass that ends when it is told to. */
function heldPass() {
  const ends: ((hasMore: boolean) => void)[] = [];
  const pass = vi.fn(() => new Promise<boolean>((resolve) => ends.push(resolve)));
  return { pass, end: (hasMore = false) => ends.shift()?.(hasMore) };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

it('runs one pass of a name at a time, and one more for all that asked meanwhile', async () => {
  const background = createBackground(silentLogger);
  const { pass, end } = heldPass();
  for (let time = 0; time < 10; time += 1) background.begin('apply', pass);
  expect(pass).toHaveBeenCalledTimes(1);
  end();
  await vi.waitFor(() => expect(pass).toHaveBeenCalledTimes(2));
  end();
  background.begin('apply', pass);
  await vi.waitFor(() => expect(pass).toHaveBeenCalledTimes(3));
  end();
  await background.stop();
});

it('goes on while there is more to do', async () => {
  const background = createBackground(silentLogger);
  const { pass, end } = heldPass();
  background.begin('apply', pass);
  end(true);
  await settle();
  expect(pass).toHaveBeenCalledTimes(2);
  end();
  await background.stop();
  expect(pass).toHaveBeenCalledTimes(2);
});

it('does not hold up one name with another, and outlives a pass that fails', async () => {
  const background = createBackground(silentLogger);
  const failing = vi.fn(async () => Promise.reject(new Error('the database was away')));
  const { pass, end } = heldPass();
  background.begin('send', pass);
  background.begin('apply', failing);
  await settle();
  background.begin('apply', failing);
  await vi.waitFor(() => expect(failing).toHaveBeenCalledTimes(2));
  end();
  await background.stop();
});

it('lets what runs end before it has stopped, and begins nothing more', async () => {
  const background = createBackground(silentLogger);
  const { pass, end } = heldPass();
  background.begin('apply', pass);
  background.begin('apply', pass);
  const onStopped = vi.fn();
  const stopped = background.stop().then(onStopped);
  await settle();
  expect(onStopped).not.toHaveBeenCalled();
  end(true);
  await stopped;
  background.begin('apply', pass);
  expect(pass).toHaveBeenCalledTimes(1);
});
