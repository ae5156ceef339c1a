import { OutboxEvent } from '@stoa/events';
import { staff, type TestSubgraph } from '@stoa/testkit';

/** A product as the tests read it. */
export interface SavedProduct {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly variants: readonly SavedVariant[];
}

export interface SavedVariant {
  readonly id: string;
  readonly sku: string;
  readonly version: number;
}

/** Runs mutations as staff, with what a test does not care about filled in. */
export interface StaffDesk {
  /** Runs a mutation and gives its answer: `__typename`, `code` and `message` of an error, and what is selected besides. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected; the assertions check the form
  run(mutation: string, input: Record<string, unknown>, selection?: string): Promise<any>;
  /** A product that was made; its slug and name tell it from the others. */
  product(input?: Record<string, unknown>): Promise<SavedProduct>;
  /** A product with a size (s, m) and a variant of each: `<sku>-S` and `<sku>-M`. */
  sizedProduct(sku: string, input?: Record<string, unknown>): Promise<SavedProduct>;
  /** The id of a collection that was made with these products. */
  collection(slug: string, products?: readonly SavedProduct[]): Promise<string>;
  /** What the events that were recorded tell, oldest first. */
  events(): Promise<readonly unknown[]>;
}

export const savedProduct = '... on Product { id slug version variants { id sku version } }';

export function staffDesk(subgraph: TestSubgraph): StaffDesk {
  let number = 0;
  const run: StaffDesk['run'] = async (mutation, input, selection = '') => {
    const inputType = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors } = await subgraph.query(
      `mutation ($input: ${inputType}!) {
        answer: ${mutation}(input: $input) { __typename ... on UserError { code message } ${selection} }
      }`,
      { input },
      staff(),
    );
    if (errors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
    return data.answer;
  };
  const product: StaffDesk['product'] = async (input = {}) => {
    number += 1;
    const named = { slug: `product-${number}`, name: `Product ${number}`, ...input };
    const answer = await run('createProduct', named, savedProduct);
    if (answer.__typename !== 'Product') throw new Error(`createProduct: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    run,
    product,
    sizedProduct: (sku, input = {}) =>
      product({
        options: [sizes],
        variants: [
          { sku: `${sku}-S`, options: [{ option: 'size', value: 's' }] },
          { sku: `${sku}-M`, options: [{ option: 'size', value: 'm' }] },
        ],
        ...input,
      }),
    async collection(slug, products = []) {
      const { id } = await run('createCollection', { slug, name: slug }, '... on Collection { id }');
      if (products.length > 0) {
        const productIds = products.map((saved) => saved.id);
        await run('addProductsToCollection', { collectionId: id, productIds });
      }
      return id;
    },
    async events() {
      const em = subgraph.subgraph.database.em.fork();
      const events = await em.findAll(OutboxEvent, { orderBy: { id: 'asc' } });
      return events.map(({ type, payload }) => ({ type, payload }));
    },
  };
}

/** An option of two sizes, as an input. */
export const sizes = {
  code: 'size',
  name: 'Size',
  values: [
    { code: 's', name: 'S' },
    { code: 'm', name: 'M' },
  ],
};
