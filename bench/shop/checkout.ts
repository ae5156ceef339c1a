import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { demoProducts } from '@stoa/seed';
import { figuresOf } from '../load.ts';
import type { Measured } from '../measure.ts';
import { used } from '../process-tree.ts';
import { untilIdle } from '../until-idle.ts';
import type { Shopper } from './shopper.ts';

export interface CheckoutOptions {
  readonly shoppers: number;
  readonly warmSeconds: number;
  readonly seconds: number;
  /** What they buy, one after another. */
  readonly skus: readonly string[];
}

export interface MeasuredCheckout extends Measured {
  /** Orders placed in all, those of the warm-up too. */
  readonly orders: number;
}

/** Fewer in stock are left for others: a shelf must not run empty while it is measured. */
const enough = 20;

/** One variant of each product that has enough of it. */
export function wishes(): readonly string[] {
  const wanted = demoProducts().flatMap(({ variants }, index) => {
    const variant = variants[index % variants.length];
    return variant !== undefined && variant.stock.berlin + variant.stock.leeds >= enough ? [variant.sku] : [];
  });
  return wanted.map((_, index) => wanted[(index * 377) % wanted.length] ?? '');
}

/**
 * New guests buy one thing each, one after another; what an order costs counts until all that follows from it is done.
 * @throws {Error} when an order did not become what was wished
 */
export async function measureCheckout(
  pids: number | readonly number[],
  shopper: Shopper,
  { shoppers, warmSeconds, seconds, skus }: CheckoutOptions,
): Promise<MeasuredCheckout> {
  let turn = 0;
  let orders = 0;
  const shopFor = async (period: number) => {
    const durations: number[] = [];
    const begun = performance.now();
    const shop = async () => {
      while (performance.now() < begun + period * 1_000) {
        const sku = skus[turn % skus.length] ?? '';
        turn += 1;
        const started = performance.now();
        const order = await shopper.buy(sku, `guest-${randomUUID()}@buyer.example`);
        durations.push(performance.now() - started);
        orders += 1;
        if (!isDeepStrictEqual(order, shopper.expected(sku)))
          throw new Error(`${sku} was wished for, found ${JSON.stringify(order)}`);
      }
    };
    await Promise.all(Array.from({ length: shoppers }, shop));
    return figuresOf(durations, (performance.now() - begun) / 1_000, 0);
  };
  await shopFor(warmSeconds);
  await untilIdle(pids);
  const before = used(pids).cpuMs;
  const figures = await shopFor(seconds);
  await untilIdle(pids);
  const after = used(pids);
  return { figures, cpuMs: (after.cpuMs - before) / figures.requests, used: after, orders };
}
