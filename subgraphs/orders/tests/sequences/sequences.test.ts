import { expect, it } from 'vitest';
import type { Command } from './command.ts';
import { theatre } from './stage.ts';
import { trySequence } from './try-sequence.ts';
import { trySequences } from './try-sequences.ts';

// `npm run bench:chaos -- sequences` does it with 10,000.
it('an order keeps its promises, whatever is done to it in whatever order', async () => {
  expect(await trySequences(25)).toMatchObject({ sequences: 25 });
}, 120_000);

it('an order whose payment is asked for by a worker first', async () => {
  const found: readonly Command[] = [
    { do: 'pay', token: 'tok_decline' },
    { do: 'break', method: 'payments.authorize', how: 'fail' },
    { do: 'pay', token: 'tok_unknown' },
    { do: 'wait', seconds: 3 },
  ];
  await tryOnce(found);
});

it('an order that was paid when its stock had run out of time, and is cancelled before it is reserved anew', async () => {
  const found: readonly Command[] = [
    { do: 'pay', token: 'tok_unknown' },
    { do: 'stock-runs-out' },
    { do: 'break', method: 'inventory.reserve', how: 'fail' },
    { do: 'confirm', how: 'CAPTURED' },
    { do: 'cancel', by: 'buyer' },
  ];
  await tryOnce(found);
});

async function tryOnce(sequence: readonly Command[]): Promise<void> {
  const stage = await theatre();
  try {
    await trySequence(stage, sequence);
  } finally {
    await stage.stop();
  }
}
