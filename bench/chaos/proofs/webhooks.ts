import { z } from '@stoa/config';
import { demoVariants, setStock } from '../../../e2e/stock.ts';
import { type Proof, tally } from '../proof.ts';
import { settle } from '../settle.ts';
import { startShopProcesses } from '../shop-processes.ts';
import { buy } from '../shopper.ts';
import type { Stores } from '../stores.ts';
import { webhookRelay } from '../webhook-relay.ts';

const timesEach = 5;
const shoppers = 6;
const purchasesEach = 12;

/** Each card, and what must come of it, as when every webhook came once and in order. */
const cards: Readonly<Record<string, { readonly answer: string; readonly payment: string }>> = {
  tok_approve: { answer: 'Order:PAID', payment: 'CAPTURED' },
  tok_decline: { answer: 'PaymentDeclinedError', payment: 'DECLINED' },
  tok_timeout_charged: { answer: 'Order:PAID', payment: 'CAPTURED' },
  tok_timeout_not_charged: { answer: 'PaymentDeclinedError', payment: 'FAILED' },
};

/** Webhooks come five times each, in any order, half of them before the provider has answered. */
export const webhooks: Proof = {
  name: 'webhooks',
  title: 'webhooks that come again, late, early and in any order change nothing',
  async run(place, tell) {
    const relay = await webhookRelay(timesEach);
    const shop = await startShopProcesses({
      ...place,
      settings: { PAYMENT_SANDBOX_WEBHOOK_URL: relay.url, ...place.settings },
    });
    relay.passOnTo(shop.webhooksUrl);
    try {
      const variants = demoVariants(shoppers);
      for (const variantId of variants) await setStock(shop.send, variantId, 1_000);
      const tokens = Object.keys(cards);
      const wrong: string[] = [];
      const outcomes: string[] = [];
      const shopping = variants.map(async (variantId) => {
        for (let round = 0; round < purchasesEach; round += 1) {
          const token = tokens[round % tokens.length] ?? '';
          const { outcome } = await buy(shop.send, { variantId, quantity: 1, token });
          outcomes.push(outcome);
          tell(`${outcomes.length} purchases, ${relay.counts().deliveries} deliveries`);
          if (outcome !== cards[token]?.answer) wrong.push(`${token} was answered with ${outcome}`);
        }
      });
      await Promise.all(shopping);
      await relay.stop();
      const { violations } = await settle(shop.stores, 60_000);
      const { webhooks: sent, deliveries } = relay.counts();
      return {
        figures: `${sent} webhooks delivered ${deliveries} times; answers ${tally(outcomes)}`,
        violations: [
          ...wrong,
          ...violations,
          ...(await ofPayments(shop.stores)),
          ...(sent < outcomes.length / 2 || deliveries !== sent * timesEach
            ? [`Expected each of the webhooks ${timesEach} times, found ${deliveries} of ${sent}`]
            : []),
        ],
      };
    } finally {
      await relay.stop();
      await shop.stop();
    }
  },
};

async function ofPayments(stores: Stores): Promise<readonly string[]> {
  const rows = await stores.rows(
    'payments',
    'select payment.state, sandbox_charge.token from payment left join sandbox_charge on sandbox_charge.payment_id = payment.id',
    z.object({ state: z.string(), token: z.string().nullable() }),
  );
  return rows.flatMap(({ state, token }) => {
    const expected = token === null ? ['FAILED', 'DECLINED'] : [cards[token]?.payment];
    return expected.includes(state) ? [] : [`A payment by ${token ?? 'a card without a charge'} is ${state}`];
  });
}
