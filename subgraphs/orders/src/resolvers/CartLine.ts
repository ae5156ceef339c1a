import type { TaxedMoney } from '@stoa/money';
import type { CartLineResolvers } from '../__generated__/resolvers-types.ts';
import type { Context } from '../context.ts';
import type { CartLineMapper } from '../mappers.ts';
import { toTaxedMoney } from './to-money.ts';

export const CartLine: CartLineResolvers = {
  variant: ({ variantId }) => ({ id: variantId }),
  unitPrice: (line, _, context) => priceOf(line, context, 'unit'),
  subtotal: (line, _, context) => priceOf(line, context, 'subtotal'),
  total: (line, _, context) => priceOf(line, context, 'total'),
};

async function priceOf(
  { cart, variantId }: CartLineMapper,
  { quoteOf }: Context,
  which: 'unit' | 'subtotal' | 'total',
): Promise<TaxedMoney | null> {
  const line = (await quoteOf(cart))?.lines.get(variantId);
  return line === undefined ? null : toTaxedMoney(line[which], cart.currency);
}
