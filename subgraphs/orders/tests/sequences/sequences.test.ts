import { expect, it } from 'vitest';
import { trySequences } from './try-sequences.ts';

// `npm run bench:chaos -- sequences` does it with 10,000.
it('an order keeps its promises, whatever is done to it in whatever order', async () => {
  expect(await trySequences(25)).toMatchObject({ sequences: 25 });
}, 120_000);
