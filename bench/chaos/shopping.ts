import type { Send } from '../../e2e/client.ts';
import { demoVariants } from '../../e2e/stock.ts';
import { buy, type Purchase } from './shopper.ts';

const cards = ['tok_approve', 'tok_approve', 'tok_approve', 'tok_decline', 'tok_timeout_charged'];

export interface Shopping {
  /** How many purchases have had their answer. */
  count(): number;
  /** Lets everybody finish what they are buying. `failures` says who had no answer at all. */
  stop(): Promise<{ readonly purchases: readonly Purchase[]; readonly failures: readonly string[] }>;
}

/** Shoppers that buy one thing after the other, with good and bad cards, until they are stopped. */
export function startShopping(
  send: Send,
  { shoppers, variantsOnSale }: { readonly shoppers: number; readonly variantsOnSale: number },
): Shopping {
  const variants = demoVariants(variantsOnSale);
  const purchases: Purchase[] = [];
  const failures: string[] = [];
  let isOpen = true;
  const shop = async (shopper: number) => {
    for (let round = shopper; isOpen; round += 1) {
      const wish = {
        variantId: variants[round % variants.length] ?? '',
        quantity: 1 + (round % 2),
        token: cards[round % cards.length] ?? '',
      };
      try {
        purchases.push(await buy(send, wish));
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
        failures.push(`A buyer got no answer: ${(error as Error).message} ${cause}`.slice(0, 400));
      }
    }
  };
  const crowd = Promise.all(Array.from({ length: shoppers }, (_, index) => shop(index)));
  return {
    count: () => purchases.length,
    async stop() {
      isOpen = false;
      await crowd;
      return { purchases, failures };
    },
  };
}
