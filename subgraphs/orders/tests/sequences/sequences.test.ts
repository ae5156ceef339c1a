import { expect, it } from 'vitest';
import { trySequences } from './try-sequences.ts';

// `npm run bench:chaos -- sequences` does it with 10,000.
it('an order keeps its promises, whatever is done to it in whatever order', async () => {
  expect(await trySequences(60)).toMatchObject({ sequences: 60 });
}, 120_000);
