import { demoAccounts, demoProducts } from '@stoa/seed';
import { signIn } from './buyer.ts';
import { bearer, type Send } from './client.ts';

/** Variants of the demo shop, each of another product. */
export function demoVariants(count: number): readonly string[] {
  return demoProducts()
    .slice(0, count)
    .map(({ variants }) => variants[0]?.id ?? '');
}

/** Leaves a variant with this many units, all at the first location. */
export async function setStock(send: Send, variantId: string, units: number): Promise<void> {
  const headers = await staffHeaders(send);
  const { data } = await send('{ stockLocations { id } }', {}, headers);
  for (const [index, { id }] of data.stockLocations.entries()) {
    const input = { variantId, locationId: id, onHand: index === 0 ? units : 0 };
    const answer = await send(
      'mutation ($input: SetStockInput!) { setStock(input: $input) { __typename } }',
      { input },
      headers,
    );
    if (answer.data?.setStock.__typename !== 'StockItem')
      throw new Error(`The stock was not set: ${JSON.stringify(answer)}`);
  }
}

/** What can be sold of a variant now. */
export async function unitsLeft(send: Send, variantId: string): Promise<number> {
  const { data } = await send('query ($id: ID!) { variant(id: $id) { availability { available } } }', {
    id: variantId,
  });
  return data.variant.availability.available;
}

async function staffHeaders(send: Send): Promise<Record<string, string>> {
  const account = demoAccounts().find(({ roles }) => roles.includes('STAFF'));
  return bearer(await signIn(send, account?.email ?? '', account?.password ?? ''));
}
