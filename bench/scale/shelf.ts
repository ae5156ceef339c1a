import { demoProducts } from '@stoa/seed';
import type { Send } from '../../e2e/client.ts';

const units = 1_000_000;

/** Puts so much of some demo variants on the first shelf that no measurement can sell it out. */
export async function stockUp(staff: Send, skus: readonly string[]): Promise<void> {
  const { data } = await staff('{ stockLocations { id } }');
  const wanted = new Set(skus);
  const variants = demoProducts()
    .flatMap((product) => product.variants)
    .filter(({ sku }) => wanted.has(sku));
  const locationId = data.stockLocations[0].id;
  for (let start = 0; start < variants.length; start += 500) {
    const counts = variants
      .slice(start, start + 500)
      .map(({ id }) => ({ variantId: id, locationId, onHand: units }));
    const answer = await staff(
      `mutation ($input: SetStocksInput!) {
        setStocks(input: $input) { ... on StocksSet { results { __typename } } }
      }`,
      { input: { counts } },
    );
    const results: readonly { __typename: string }[] = answer.data?.setStocks?.results ?? [];
    if (results.length !== counts.length || results.some(({ __typename }) => __typename !== 'StockItem'))
      throw new Error(`The stock was not set: ${JSON.stringify(answer)}`);
  }
}

/** What the books of a shop say. */
export interface Books {
  /** Units of all variants that can be sold. */
  readonly units: number;
  /** Orders that are paid, and all orders. */
  readonly paid: number;
  readonly orders: number;
}

export async function readBooks(staff: Send): Promise<Books> {
  const { data } = await staff(
    '{ all: orders(first: 1) { totalCount } paid: orders(first: 1, filter: { states: [PAID] }) { totalCount } }',
  );
  let sum = 0;
  for (let after: string | null = null, more = true; more; ) {
    const page = await staff(
      `query ($after: String) {
        products(first: 100, after: $after, sort: OLDEST) {
          pageInfo { hasNextPage endCursor }
          nodes { variants { availability { available } } }
        }
      }`,
      { after },
    );
    for (const { variants } of page.data.products.nodes)
      for (const { availability } of variants) sum += availability?.available ?? 0;
    after = page.data.products.pageInfo.endCursor;
    more = page.data.products.pageInfo.hasNextPage;
  }
  return { units: sum, paid: data.paid.totalCount, orders: data.all.totalCount };
}

/**
 * Compares the books before and after.
 * @param orders how many the shoppers were told of, a unit each
 * @throws {Error} when an order is not paid, or units are missing or left over
 */
export function checkBooks(before: Books, after: Books, orders: number): void {
  const sold = before.units - after.units;
  const paid = after.paid - before.paid;
  const placed = after.orders - before.orders;
  if (sold === orders && paid === orders && placed === orders) return;
  throw new Error(
    `The shoppers were told of ${orders} paid orders of a unit each; the books have ${placed} orders, ${paid} of them paid, and ${sold} units sold`,
  );
}
