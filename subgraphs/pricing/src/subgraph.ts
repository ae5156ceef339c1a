import { OutboxEvent } from '@stoa/events';
import { implementRpc } from '@stoa/rpc';
import { defineSubgraph } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { type Context, createContext } from './context.ts';
import { pricesAhead } from './price/load-price.ts';
import { Price } from './price/price.entity.ts';
import { PriceList } from './price-list/price-list.entity.ts';
import { Promotion } from './promotion/promotion.entity.ts';
import { newReads } from './reads.ts';
import { resolvers } from './resolvers/index.ts';
import { pricingRpc } from './rpc/client.ts';
import { quote } from './rpc/quote.ts';
import { seed } from './seed.ts';
import { TaxCategory, TaxRate, VariantTaxCategory } from './tax/tax-category.entity.ts';

/** Prices, taxes and promotions. */
export const pricing = defineSubgraph({
  name: 'pricing',
  folder: new URL('..', import.meta.url),
  entities: [OutboxEvent, PriceList, Price, TaxCategory, TaxRate, VariantTaxCategory, Promotion],
  migrations,
  app: ({ database }) => ({ newReads: newReads(database.em.fork()) }),
  context: createContext,
  resolvers,
  readAheads: { ProductVariant: { price: pricesAhead } },
  rpc: implementRpc<(typeof pricingRpc)['service'], Context>(pricingRpc, { quote }),
  seed,
});
