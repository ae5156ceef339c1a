import { type FixedClock, fixedClock, newId } from '@stoa/clock';
import { type CallContext, guest, serviceContext } from '@stoa/identity';
import type { Money } from '@stoa/money';
import { createDirectory, localServices, type RpcClient } from '@stoa/rpc';
import { staff, type TestEngine, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { pricingRpc } from '../src/rpc/client.ts';
import { pricing } from '../src/subgraph.ts';

/** For what does not depend on the engine. */
export const embedded: TestEngine = { engine: 'sqlite', freshUrl: () => 'sqlite::memory:' };

/** Shorthand for an amount of money. */
export const eur = (amount: number): Money => ({ amount, currency: 'EUR' });
export const usd = (amount: number): Money => ({ amount, currency: 'USD' });

export interface PricingShop {
  readonly subgraph: TestSubgraph;
  readonly clock: FixedClock;
  readonly rpc: RpcClient<(typeof pricingRpc)['service']>;
  rpcAs(call: CallContext): RpcClient<(typeof pricingRpc)['service']>;
  /** Runs a mutation as staff and gives its result; fails when there are errors. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads what it selected; the assertions check the form
  change(mutation: string, input: Record<string, unknown>, selection: string): Promise<any>;
  /** A price list in the currency, gross unless told; gives its id. */
  withPriceList(currency: string, terms?: { taxIncluded?: boolean; country?: string }): Promise<string>;
  /** A tax category with rates in basis points by country; gives its id. */
  withTaxCategory(code: string, rates?: Readonly<Record<string, number>>): Promise<string>;
  /** A new variant with the prices, in the tax category if one is given; gives its id. */
  withVariant(prices: readonly Money[], taxCategoryId?: string): Promise<string>;
  /** A promotion; gives its id. */
  withPromotion(input: Record<string, unknown>): Promise<string>;
  /** Archives every promotion, for a test that must be alone. */
  withoutPromotions(): Promise<void>;
  /** The payloads of the events recorded so far, oldest first, that tell of the thing with the id. */
  eventsOf(aggregateId: string): Promise<readonly { type: string; payload: unknown }[]>;
  /** The rows of a table. */
  countOf(table: string): Promise<number>;
  stop(): Promise<void>;
}

/** Pricing with a database of its own and a clock that stands still. */
export async function openPricingShop({ freshUrl }: TestEngine, seed = false): Promise<PricingShop> {
  const clock = fixedClock('2026-06-01T12:00:00.000Z');
  const services = localServices();
  const subgraph = await testSubgraph(pricing, { databaseUrl: freshUrl(), clock, services, seed });
  const directory = createDirectory({
    contextSecret: subgraph.contextSecret,
    transportTo: services.transportTo,
  });
  const rpcAs = (call: CallContext) => directory.client(pricingRpc, call);
  const knex = () => subgraph.subgraph.database.em.fork().getKnex();

  const change: PricingShop['change'] = async (mutation, input, selection) => {
    const inputType = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const { data, errors } = await subgraph.query(
      `mutation ($input: ${inputType}!) { ${mutation}(input: $input) { __typename ${selection} } }`,
      { input },
      staff(),
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data[mutation];
  };
  const idOf = async (mutation: string, type: string, input: Record<string, unknown>): Promise<string> => {
    const result = await change(mutation, input, `... on ${type} { id } ... on UserError { message }`);
    if (result.__typename !== type) throw new Error(JSON.stringify(result));
    return result.id;
  };

  return {
    subgraph,
    clock,
    rpcAs,
    rpc: rpcAs(serviceContext('orders', 'test')),
    change,
    withPriceList: (currency, { taxIncluded = true, country = 'DE' } = {}) =>
      idOf('createPriceList', 'PriceList', {
        code: currency.toLowerCase(),
        name: `Prices in ${currency}`,
        currency,
        taxIncluded,
        country,
      }),
    async withTaxCategory(code, rates = {}) {
      const id = await idOf('createTaxCategory', 'TaxCategory', { code, name: code });
      for (const [country, basisPoints] of Object.entries(rates)) {
        await idOf('setTaxRate', 'TaxCategory', { taxCategoryId: id, country, basisPoints });
      }
      return id;
    },
    async withVariant(prices, taxCategoryId) {
      const variantId = newId();
      for (const amount of prices) {
        await change('setPrice', { variantId, amount }, '... on Price { version }');
      }
      if (taxCategoryId !== undefined) {
        await change('setVariantTaxCategory', { variantId, taxCategoryId }, '');
      }
      return variantId;
    },
    withPromotion: (input) => idOf('createPromotion', 'Promotion', { name: 'A promotion', ...input }),
    async withoutPromotions() {
      const rows: { id: string }[] = await knex()('promotion').whereNull('archived_at').select('id');
      for (const { id } of rows) await idOf('archivePromotion', 'Promotion', { promotionId: id });
    },
    async eventsOf(aggregateId) {
      const rows: { type: string; payload: unknown }[] = await knex()('outbox')
        .where('aggregate_id', aggregateId)
        .select('type', 'payload')
        .orderBy('id');
      return rows.map(({ type, payload }) => ({
        type,
        payload: typeof payload === 'string' ? JSON.parse(payload) : payload,
      }));
    },
    async countOf(table) {
      const row = await knex()(table).count({ rows: '*' }).first();
      return Number(row?.rows);
    },
    stop: () => subgraph.stop(),
  };
}

/** A guest who sees prices in the currency. */
export function buyerIn(currency: string): Partial<CallContext> {
  return { viewer: guest, currency };
}
