import { expect, it } from 'vitest';
import { killing } from '../bench/chaos/proofs/kills.ts';

// `npm run bench:chaos -- kills` does it hundreds of times, and to each service and RabbitMQ at each step.
it('a shop that is killed while buyers buy leaves orders that are paid and reserved, or neither', async () => {
  const { violations } = await killing(3).run({ postgresUrl: null }, () => {});
  expect(violations).toEqual([]);
}, 180_000);
