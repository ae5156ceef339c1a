import { writePlot } from './figures.ts';
import { forgetShop, keptShop, type LoadRecord, loadRecord, smallest } from './kept-shops.ts';
import { grouped } from './progress.ts';

/** How many parts of the load the plot shows the rate of. */
const parts = 40;

/**
 * Loads the catalogue through the graph, or says how it was loaded when that has been done.
 * @param sizes of the catalogues, smallest first: each grows out of the one before
 * @param again forgets what was loaded before
 */
export async function measureLoad(sizes: readonly number[], again: boolean): Promise<void> {
  const loaded = sizes.filter((size) => size > smallest);
  if (again) for (const size of loaded) forgetShop(size);
  for (const size of loaded) await keptShop(size);
  const record = loadRecord(await keptShop(sizes.at(-1) ?? smallest));
  if (record === null) return;
  const rates = ratesOf(record);
  const [count = 0, seconds = 0] = record.points.at(-1) ?? [];
  const perSecond = (count - smallest) / seconds;
  console.log(
    `\nbulk load through the graph: ${grouped(count - smallest)} products with ${grouped((count - smallest) * 5)} variants, prices and counts of stock in ${seconds.toFixed(0)} s, ${perSecond.toFixed(1)} products a second`,
  );
  const tenths = [rates.slice(0, parts / 10), rates.slice(-parts / 10)].map(mean);
  console.log(
    `the first tenth at ${tenths[0]?.toFixed(1)} a second, the last at ${tenths[1]?.toFixed(1)}: ${((tenths[0] ?? 0) / (tenths[1] ?? 1)).toFixed(2)} times slower`,
  );
  writePlot('load', {
    title: 'Bulk load of the catalogue through the graph',
    x: { label: 'products in the shop' },
    y: { label: 'products a second' },
    series: [{ name: 'createProducts, setPrices, setStocks', points: rates }],
  });
}

/** The rate of each part of a load, where that part ended. */
export function ratesOf({ points }: LoadRecord): readonly (readonly [products: number, perSecond: number])[] {
  const step = Math.max(1, Math.floor(points.length / parts));
  const rates: (readonly [number, number])[] = [];
  let [products, seconds] = [smallest, 0];
  for (let index = step - 1; index < points.length; index += step) {
    const [productsThen, secondsThen] = points[index] as (typeof points)[number];
    if (secondsThen > seconds)
      rates.push([productsThen, (productsThen - products) / (secondsThen - seconds)]);
    [products, seconds] = [productsThen, secondsThen];
  }
  return rates;
}

function mean(rates: readonly (readonly [number, number])[]): number {
  return rates.reduce((sum, [, rate]) => sum + rate, 0) / rates.length;
}
