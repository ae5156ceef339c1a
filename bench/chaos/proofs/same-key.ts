import { randomUUID } from 'node:crypto';
import { z } from '@stoa/config';
import { buyer } from '../../../e2e/buyer.ts';
import { demoVariants } from '../../../e2e/stock.ts';
import { type Proof, tally } from '../proof.ts';
import { settle } from '../settle.ts';
import { startShopProcesses } from '../shop-processes.ts';

const times = 20;

/** One placeOrder, sent many times at once with one key. */
export const sameKey: Proof = {
  name: 'same-key',
  title: 'an order that is sent many times is placed once',
  async run(place, tell) {
    const shop = await startShopProcesses(place);
    try {
      tell(`${times} at once`);
      const guest = buyer(shop.send);
      const cartId = await guest.cartWith([{ variantId: demoVariants(1)[0] ?? '', quantity: 2 }]);
      const idempotencyKey = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: times }, () => guest.placeOrder(cartId, 'tok_approve', { idempotencyKey })),
      );
      const { violations, orders } = await settle(shop.stores, 60_000);
      const [found] = await shop.stores.rows(
        'payments',
        'select count(*) as charges from sandbox_charge',
        z.object({ charges: z.coerce.number() }),
      );
      const charges = found?.charges ?? 0;
      const ids = new Set(answers.map(({ data }) => data?.placeOrder?.id));
      return {
        figures: `${times} answers (${tally(answers.map(({ data }) => data?.placeOrder?.__typename))}): ${ids.size} id, ${orders} order, ${charges} charge`,
        violations: [
          ...violations,
          ...(ids.size === 1 && orders === 1 && charges === 1
            ? []
            : [`Expected 1 order and 1 charge, found ${orders} and ${charges}`]),
        ],
      };
    } finally {
      await shop.stop();
    }
  },
};
