import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@stoa/config';
import { type Proof, tally } from '../proof.ts';
import { settle } from '../settle.ts';
import { type ShopProcesses, startShopProcesses } from '../shop-processes.ts';
import { buy, type Purchase } from '../shopper.ts';
import { demoVariants, setStock } from '../stock.ts';
import type { PostgresStores } from '../stores.ts';

/** A checkout's recorded states, and who is at work or is asked in each. */
const targets: readonly { readonly state: string; readonly service: string }[] = [
  ...['STARTED', 'QUOTED', 'RESERVING', 'ORDER_WRITTEN', 'PAYING', 'COMPLETING', 'COMPENSATING', 'DONE'].map(
    (state) => ({ state, service: 'orders' }),
  ),
  ...['QUOTED', 'RESERVING', 'COMPLETING', 'COMPENSATING'].map((state) => ({ state, service: 'inventory' })),
  ...['ORDER_WRITTEN', 'PAYING', 'COMPLETING'].map((state) => ({ state, service: 'payments' })),
];

const cards = ['tok_approve', 'tok_approve', 'tok_approve', 'tok_decline', 'tok_timeout_charged'];
const shoppers = 4;
const variantsOnSale = 6;
/** A kill comes within this time after the state was recorded: in the middle of the step that it names. */
const latestKillMs = 25;

/**
 * Kills processes in the middle of checkouts, over and over, while shoppers buy.
 * @param kills how many in all, shared out over states and services
 */
export function killing(kills: number): Proof {
  return {
    name: 'kills',
    title: 'a process that is killed at any step leaves an order that is paid and reserved, or neither',
    async run(place, tell) {
      const shop = await startShopProcesses({
        ...place,
        settings: { CHECKOUT_LEASE_MS: '3000', CHECKOUT_RESERVATION_SECONDS: '120', ...place.settings },
      });
      try {
        for (const variantId of demoVariants(variantsOnSale)) await setStock(shop.send, variantId, 1_000_000);
        const crowd = startShopping(shop);
        const killed =
          place.postgresUrl === null
            ? await killShop(shop, kills, tell)
            : await killServices(shop, kills, tell);
        tell('the last checkouts are finished');
        const { purchases, failures } = await crowd.stop();
        const { violations, orders, paid, checkouts } = await settle(shop.stores, 180_000);
        const again = purchases.filter(({ tries }) => tries > 1).length;
        return {
          figures: `${kills} kills (${tally(killed)}): ${checkouts} checkouts, ${orders} orders, ${paid} paid, ${again} buyers asked again; answers ${tally(purchases.map(({ outcome }) => outcome))}`,
          violations: [...violations, ...failures, ...ofAnswers(purchases, await paidIds(shop))],
        };
      } finally {
        await shop.stop();
      }
    },
  };
}

/** What a buyer was told must be so: who was told PAID has a paid order, and who was refused has none. */
function ofAnswers(purchases: readonly Purchase[], paid: ReadonlySet<string>): string[] {
  return purchases.flatMap(({ outcome, orderId }) => {
    if (orderId === null) return [];
    return (outcome === 'Order:PAID') === paid.has(orderId)
      ? []
      : [`A buyer was answered ${outcome}, and the order ${orderId} says otherwise`];
  });
}

async function paidIds({ stores }: ShopProcesses): Promise<ReadonlySet<string>> {
  const rows = await stores.rows(
    'orders',
    `select id from orders where state = 'PAID'`,
    z.object({ id: z.string() }),
  );
  return new Set(rows.map(({ id }) => id));
}

/** Shoppers that buy one thing after the other until they are stopped. */
function startShopping({ send }: ShopProcesses) {
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
    async stop() {
      isOpen = false;
      await crowd;
      return { purchases, failures };
    },
  };
}

async function killServices(
  shop: ShopProcesses,
  kills: number,
  tell: (text: string) => void,
): Promise<readonly string[]> {
  const waiting = new Set<{ readonly state: string; readonly proceed: () => void }>();
  await (shop.stores as PostgresStores).watchCheckouts((state) => {
    for (const wait of waiting) if (wait.state === state) wait.proceed();
  });
  const killed: string[] = [];
  for (let count = 0; count < kills; count += 1) {
    const target = targets[count % targets.length] as (typeof targets)[number];
    tell(`kill ${count + 1} of ${kills}: ${target.service} at ${target.state}`);
    await new Promise<void>((proceed) => {
      waiting.add({ state: target.state, proceed });
    });
    waiting.clear();
    await sleep(Math.random() * latestKillMs);
    await shop.kill(target.service);
    killed.push(`${target.service} at ${target.state}`);
  }
  return killed;
}

/** One process has no state to wait for from outside: it is killed at any moment. */
async function killShop(
  shop: ShopProcesses,
  kills: number,
  tell: (text: string) => void,
): Promise<readonly string[]> {
  for (let count = 0; count < kills; count += 1) {
    tell(`kill ${count + 1} of ${kills}`);
    await sleep(300 + Math.random() * 700);
    await shop.kill('shop');
  }
  return Array(kills).fill('the shop');
}
