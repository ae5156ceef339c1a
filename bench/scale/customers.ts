import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoProducts } from '@stoa/seed';
import { buyer, newCustomer, signIn } from '../../e2e/buyer.ts';
import { bearer, httpClient, type Send } from '../../e2e/client.ts';
import { untilIdle } from '../until-idle.ts';
import { keptFolder, keptShop, openShop, smallest } from './kept-shops.ts';
import { showProgress } from './progress.ts';

/** The e-mail of the customer with so many orders. */
export type Customers = Readonly<Record<number, string>>;

/**
 * The data folder of a demo shop where customers have so many orders each, which later runs find in `.cache/bench-scale`. All
 * orders are placed and paid through the graph; what was broken off is taken up where it ended.
 */
export async function shopWithCustomers(counts: readonly number[]): Promise<string> {
  const folder = join(keptFolder(), `customers-${counts.join('-')}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}-unfinished`;
  if (!existsSync(making)) {
    const half = `${making}-copied`;
    rmSync(half, { recursive: true, force: true });
    cpSync(await keptShop(smallest), half, { recursive: true });
    renameSync(half, making);
  }
  const { url, started } = await openShop(making);
  try {
    for (const count of counts) await giveOrders(making, httpClient(url), count);
    await untilIdle(started.pid);
  } finally {
    await started.stop();
  }
  renameSync(making, folder);
  return folder;
}

/** The headers of the customer with so many orders. */
export async function headersOf(folder: string, send: Send, count: number): Promise<Record<string, string>> {
  return bearer(await signIn(send, readCustomers(folder)[count] ?? '', 'a password of some length'));
}

async function giveOrders(folder: string, send: Send, count: number): Promise<void> {
  if (readCustomers(folder)[count] === undefined) {
    const { email } = await newCustomer(send);
    writeFileSync(fileIn(folder), JSON.stringify({ ...readCustomers(folder), [count]: email }));
  }
  const customer = buyer(send, await headersOf(folder, send, count));
  const answer = await customer.send('{ me { orders(first: 1) { totalCount } } }');
  const done = answer.data.me.orders.totalCount;
  const progress = showProgress(`orders of the customer with ${count}`, count, done);
  const variants = wellStocked();
  // One after another: a customer has one cart at a time.
  for (let number = done; number < count; number += 1) {
    await buyOne(customer, variants, number);
    progress.advance(1);
  }
  progress.end();
}

/** Variants of which there are more than are bought here. */
function wellStocked(): readonly string[] {
  return demoProducts()
    .flatMap(({ variants }) => variants)
    .filter(({ stock }) => stock.berlin + stock.leeds >= 40)
    .map(({ id }) => id);
}

async function buyOne(
  customer: ReturnType<typeof buyer>,
  variants: readonly string[],
  number: number,
): Promise<void> {
  const variantId = variants[number % variants.length] ?? '';
  const cartId = await customer.cartWith([{ variantId, quantity: 1 }]);
  const { data, errors } = await customer.placeOrder(cartId, 'tok_approve');
  if (data?.placeOrder?.state !== 'PAID')
    throw new Error(`Order ${number + 1} was not placed: ${JSON.stringify({ data, errors })}`);
}

function readCustomers(folder: string): Customers {
  const file = fileIn(folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function fileIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return join(folder, 'customers.json');
}
