import { setTimeout as sleep } from 'node:timers/promises';
import { demoVariants, setStock } from '../../../e2e/stock.ts';
import { witnessEvents } from '../event-witness.ts';
import { type Outcome, type Proof, tally } from '../proof.ts';
import { hasRabbitMq, type RabbitMqNode, rabbitMqNode } from '../rabbitmq-node.ts';
import { settle } from '../settle.ts';
import { type ShopPlace, startShopProcesses } from '../shop-processes.ts';
import { startShopping } from '../shopping.ts';

const shoppers = 4;
const variantsOnSale = 6;
const beforeMs = 10_000;
const afterMs = 5_000;

/**
 * RabbitMQ is away for a while, and shoppers go on buying: all that was to be told arrives after, in order.
 * @param outageMs how long it is away
 */
export function brokerOutage(outageMs: number): Proof {
  return {
    name: 'broker-outage',
    title: 'checkout goes on while RabbitMQ is away, and every event arrives after, in order',
    async run(place, tell) {
      if (place.postgresUrl === null)
        return { figures: 'nothing to take away: one process has its broker in memory', violations: [] };
      if (!hasRabbitMq())
        return { figures: 'skipped: it takes a rabbitmq-server in the PATH', violations: [] };
      const node = await rabbitMqNode();
      try {
        await node.start();
        return await takeAway(node, { ...place, brokerUrl: node.url }, outageMs, tell);
      } finally {
        await node.remove();
      }
    },
  };
}

async function takeAway(
  node: RabbitMqNode,
  place: ShopPlace,
  outageMs: number,
  tell: (text: string) => void,
): Promise<Outcome> {
  const shop = await startShopProcesses(place);
  const witness = await witnessEvents(shop);
  try {
    for (const variantId of demoVariants(variantsOnSale)) await setStock(shop.send, variantId, 1_000_000);
    const shopping = startShopping(shop.send, { shoppers, variantsOnSale });
    tell('shoppers buy');
    await sleep(beforeMs);
    const before = { purchases: shopping.count(), events: witness.counts().events };
    await node.kill();
    tell(`RabbitMQ is away for ${outageMs / 1_000} s`);
    await sleep(outageMs);
    const meanwhile = {
      purchases: shopping.count() - before.purchases,
      events: witness.counts().events - before.events,
    };
    await node.start();
    tell('RabbitMQ is back');
    await sleep(afterMs);
    const { purchases, failures } = await shopping.stop();
    const { violations, orders, paid } = await settle(shop.stores, 180_000, witness);
    return {
      figures: `${before.purchases} purchases in ${beforeMs / 1_000} s before, ${meanwhile.purchases} in ${outageMs / 1_000} s without RabbitMQ (${meanwhile.events} events arrived), ${orders} orders, ${paid} paid, ${witness.counts().events} events after all; answers ${tally(purchases.map(({ outcome }) => outcome))}`,
      violations: [
        ...violations,
        ...failures,
        ...(meanwhile.purchases === 0 ? ['Nothing could be bought while RabbitMQ was away'] : []),
      ],
    };
  } finally {
    await witness.stop();
    await shop.stop();
  }
}
