import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@stoa/config';
import { demoVariants, setStock } from '../../../e2e/stock.ts';
import { witnessEvents } from '../event-witness.ts';
import { type Outcome, type Proof, tally } from '../proof.ts';
import { hasRabbitMq, type RabbitMqNode, rabbitMqNode } from '../rabbitmq-node.ts';
import { settle } from '../settle.ts';
import { type ShopPlace, type ShopProcesses, startShopProcesses } from '../shop-processes.ts';
import type { Purchase } from '../shopper.ts';
import { startShopping } from '../shopping.ts';
import type { PostgresStores } from '../stores.ts';

/** Whatever takes part in a checkout is killed in each of its recorded states. */
const states = ['STARTED', 'RESERVING', 'PAYING', 'COMPLETING', 'COMPENSATING', 'DONE'] as const;
const victims = ['orders', 'inventory', 'payments', 'RabbitMQ'] as const;
const targets = states.flatMap((state) => victims.map((victim) => ({ state, victim })));

const shoppers = 4;
const settleQueuesMs = 3_000;
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
      if (place.postgresUrl !== null && !hasRabbitMq())
        return { figures: 'skipped: it takes a rabbitmq-server in the PATH', violations: [] };
      const node = place.postgresUrl === null ? null : await rabbitMqNode();
      try {
        await node?.start();
        return await killWhileShoppersBuy({ ...place, brokerUrl: node?.url }, node, kills, tell);
      } finally {
        await node?.remove();
      }
    },
  };
}

async function killWhileShoppersBuy(
  place: ShopPlace,
  node: RabbitMqNode | null,
  kills: number,
  tell: (text: string) => void,
): Promise<Outcome> {
  const shop = await startShopProcesses({
    ...place,
    settings: { CHECKOUT_LEASE_MS: '3000', CHECKOUT_RESERVATION_SECONDS: '120', ...place.settings },
  });
  const witness = node === null ? null : await witnessEvents(shop);
  try {
    // What RabbitMQ knows of a queue is on disk only some time after it was declared (docs/events.md).
    if (node !== null) await sleep(settleQueuesMs);
    for (const variantId of demoVariants(variantsOnSale)) await setStock(shop.send, variantId, 1_000_000);
    const crowd = startShopping(shop.send, { shoppers, variantsOnSale });
    const killed =
      node === null ? await killShop(shop, kills, tell) : await killServices(shop, node, kills, tell);
    tell('the last checkouts are finished');
    const { purchases, failures } = await crowd.stop();
    const { violations, orders, paid, checkouts } = await settle(shop.stores, 180_000, witness);
    const again = purchases.filter(({ tries }) => tries > 1).length;
    const events = witness === null ? '' : `; ${witness.counts().events} events heard`;
    return {
      figures: `${kills} kills (${tally(killed)}): ${checkouts} checkouts, ${orders} orders, ${paid} paid, ${again} buyers asked again; answers ${tally(purchases.map(({ outcome }) => outcome))}${events}`,
      violations: [...violations, ...failures, ...ofAnswers(purchases, await paidIds(shop))],
    };
  } finally {
    await witness?.stop();
    await shop.stop();
  }
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

async function killServices(
  shop: ShopProcesses,
  node: RabbitMqNode,
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
    tell(`kill ${count + 1} of ${kills}: ${target.victim} at ${target.state}`);
    await new Promise<void>((proceed) => {
      waiting.add({ state: target.state, proceed });
    });
    waiting.clear();
    await sleep(Math.random() * latestKillMs);
    if (target.victim === 'RabbitMQ') {
      await node.kill();
      await node.start();
    } else {
      await shop.kill(target.victim);
    }
    killed.push(`${target.victim} at ${target.state}`);
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
