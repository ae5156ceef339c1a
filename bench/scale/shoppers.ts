import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpClient } from '../../e2e/client.ts';
import { production } from '../own-shop.ts';
import { measureCheckout, wishes } from '../shop/checkout.ts';
import { ourShopper } from '../shop/shopper.ts';
import { untilIdle } from '../until-idle.ts';
import { type Figure, plotRates, printFigures } from './figures.ts';
import { keptShop, openShop, smallest } from './kept-shops.ts';
import type { Options } from './options.ts';
import { checkBooks, readBooks, stockUp } from './shelf.ts';
import { asStaff } from './staff.ts';

/** Checkouts by several numbers of shoppers at once, who want many things, or all the same one. */
export async function measureShoppers(counts: readonly number[], options: Options): Promise<void> {
  const many = wishes();
  const figures = [
    ...(await measureSeries('checkout, many variants', many, counts, options)),
    ...(await measureSeries('checkout, one variant', many.slice(0, 1), counts, options)),
  ];
  printFigures('shoppers', figures);
  plotRates(
    'shoppers',
    {
      title: 'Checkout by the number of shoppers at once',
      x: { label: 'shoppers', scale: 'log' },
      y: { label: 'paid orders a second' },
    },
    figures,
  );
}

/** @throws {Error} when the books say something else than the shoppers were told */
async function measureSeries(
  series: string,
  skus: readonly string[],
  counts: readonly number[],
  options: Options,
): Promise<readonly Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-scale-'));
  cpSync(await keptShop(smallest), folder, { recursive: true });
  const { url, started } = await openShop(folder);
  try {
    const staff = await asStaff(httpClient(url), { ...production, STOA_DATA_DIR: folder });
    await stockUp(staff, skus);
    const before = await readBooks(staff);
    const figures: Figure[] = [];
    let orders = 0;
    for (const shoppers of counts) {
      const { warmSeconds, seconds } = options;
      const times = { warmSeconds, seconds };
      const measured = await measureCheckout(started.pid, ourShopper(url), { shoppers, skus, ...times });
      orders += measured.orders;
      console.error(`${series}, ${shoppers} shoppers: ${measured.figures.perSecond.toFixed(1)} a second`);
      figures.push({ series, size: shoppers, measured });
    }
    await untilIdle(started.pid);
    checkBooks(before, await readBooks(staff), orders);
    console.error(`${series}: ${orders} orders, all paid, and the stock adds up`);
    return figures;
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true });
  }
}
