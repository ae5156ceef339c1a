import { demoPriceLists } from '@stoa/seed';
import type { GraphQLAnswer, Send } from '../../e2e/client.ts';
import { type ProductToLoad, productToLoad } from './product-inputs.ts';
import type { Progress } from './progress.ts';

/** What createProducts takes at once; five variants of each fill setPrices and setStocks. */
export const batchSize = 100;

/** Batches that are under way at once: while one waits for the database, the other is parsed. */
const batchesAtOnce = 2;

export interface LoadOptions {
  /** How many products the shop has: the thousand of the demo shop, and those that an earlier run has loaded. */
  readonly from: number;
  readonly to: number;
  readonly progress: Progress;
  /** Called with each batch that is done, and how many products are loaded then. */
  readonly onBatch: (loaded: number) => void;
}

/**
 * Loads products through the graph as staff: a call of createProducts, then one of setPrices and one of setStocks for the
 * same products. It goes back by the batches that may have been under way when an earlier run ended: what these have
 * made is taken as it is, and gets its prices and its stock.
 * @throws {Error} that says which products were not loaded and what the shop said
 */
export async function loadCatalogue(send: Send, options: LoadOptions): Promise<void> {
  const { from, to, progress, onBatch } = options;
  const ids = await readIds(send);
  let next = Math.max(1_000, from - batchesAtOnce * batchSize);
  let loaded = from;
  let isStopped = false;
  const work = async () => {
    while (next < to && !isStopped) {
      const first = next + 1;
      const last = Math.min(to, next + batchSize);
      next = last;
      try {
        await loadBatch(send, ids, first, last);
      } catch (error) {
        isStopped = true;
        throw new Error(
          `Products ${first} to ${last} were not loaded; the next run goes on there: ${(error as Error).message}`,
        );
      }
      const fresh = Math.max(0, last - Math.max(first - 1, from));
      loaded += fresh;
      progress.advance(fresh);
      onBatch(loaded);
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: batchesAtOnce }, work));
  const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  if (failures.length > 0) throw new Error(failures.map(({ message }) => message).join('\n'));
}

interface Ids {
  readonly priceListId: string;
  readonly locationId: string;
}

async function readIds(send: Send): Promise<Ids> {
  const answer = await send('{ priceLists { id currency } stockLocations { id } }');
  const list = demoPriceLists().find(({ currency }) => currency === 'EUR');
  const [location] = answer.data?.stockLocations ?? [];
  if (list === undefined || location === undefined)
    throw new Error(`No price list or location: ${JSON.stringify(answer)}`);
  return { priceListId: list.id, locationId: location.id };
}

async function loadBatch(
  send: Send,
  { priceListId, locationId }: Ids,
  first: number,
  last: number,
): Promise<void> {
  const products = Array.from({ length: last - first + 1 }, (_, index) => productToLoad(first + index));
  const variantIds = await createProducts(send, products);
  const variants = products.flatMap((product) => product.variants);
  const idOf = (sku: string) => {
    const id = variantIds.get(sku);
    if (id === undefined) throw new Error(`There is no variant ${sku}`);
    return id;
  };
  const prices = variants.map(({ sku, euros }) => ({
    variantId: idOf(sku),
    amount: { amount: euros, currency: 'EUR' },
  }));
  const counts = variants.map(({ sku, units }) => ({ variantId: idOf(sku), locationId, onHand: units }));
  await Promise.all([setPrices(send, { priceListId, prices }), setStocks(send, { counts })]);
}

interface Made {
  readonly __typename: string;
  readonly variants?: readonly { readonly id: string; readonly sku: string }[];
  readonly message?: string;
}

const variantsOf = 'variants { id sku }';

/** Gives the ids of the variants by their stock-keeping units. */
async function createProducts(
  send: Send,
  products: readonly ProductToLoad[],
): Promise<ReadonlyMap<string, string>> {
  const answer = await send(
    `mutation ($input: CreateProductsInput!) {
      result: createProducts(input: $input) {
        __typename
        ... on UserError { message }
        ... on ProductsCreated { results { __typename ... on UserError { message } ... on Product { ${variantsOf} } } }
      }
    }`,
    { input: { products: products.map(({ input }) => input) } },
  );
  const { results } = resultOf(answer, 'ProductsCreated') as { results: readonly Made[] };
  const refused = results.find(
    ({ __typename }) => __typename !== 'Product' && __typename !== 'SlugTakenError',
  );
  if (refused !== undefined) throw new Error(JSON.stringify(refused));
  const slugs = products.map(({ input }) => input.slug);
  const there = await readTaken(
    send,
    slugs.filter((_, index) => results[index]?.__typename === 'SlugTakenError'),
  );
  const all = [...results, ...there].flatMap(({ variants = [] }) => variants);
  return new Map(all.map(({ id, sku }) => [sku, id]));
}

/** The products that an earlier run has made. */
async function readTaken(send: Send, slugs: readonly string[]): Promise<readonly Made[]> {
  const made: Made[] = [];
  for (const slug of slugs) {
    const { data } = await send(
      `query ($slug: String!) { product(slug: $slug) { __typename ${variantsOf} } }`,
      {
        slug,
      },
    );
    if (data?.product != null) made.push(data.product);
  }
  return made;
}

async function setPrices(send: Send, input: object): Promise<void> {
  const answer = await send(
    'mutation ($input: SetPricesInput!) { result: setPrices(input: $input) { __typename ... on UserError { message } } }',
    { input },
  );
  resultOf(answer, 'PricesSet');
}

async function setStocks(send: Send, input: object): Promise<void> {
  const answer = await send(
    `mutation ($input: SetStocksInput!) {
      result: setStocks(input: $input) {
        __typename
        ... on UserError { message }
        ... on StocksSet { results { __typename ... on UserError { message } } }
      }
    }`,
    { input },
  );
  const { results } = resultOf(answer, 'StocksSet') as { results: readonly Made[] };
  const refused = results.find(({ __typename }) => __typename !== 'StockItem');
  if (refused !== undefined) throw new Error(JSON.stringify(refused));
}

function resultOf(answer: GraphQLAnswer, type: string): Readonly<Record<string, unknown>> {
  const result = answer.data?.result;
  if (result?.__typename !== type) throw new Error(`expected ${type}, found ${JSON.stringify(answer)}`);
  return result;
}
