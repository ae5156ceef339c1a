import { Failure } from '@stoa/errors';
import type { Context } from '../context.ts';
import { type CartProblem, problemsOf } from './cart-problems.ts';
import type { CartRecord } from './cart-record.ts';
import { stockOf, variantsOnSale } from './variants-on-sale.ts';

/** What stands between a cart and an order. The three services are asked at once; one that does not answer is itself a problem. */
export async function findCartProblems(context: Context, cart: CartRecord): Promise<readonly CartProblem[]> {
  const lines = cart.lines ?? (await context.carts.linesOf.load(cart.id));
  const variantIds = lines.map(({ variantId }) => variantId);
  const [quote, onSale, stock] = await Promise.all([
    context.quoteOf(cart),
    onSaleUnlessUnavailable(context, variantIds),
    stockOf(context, variantIds),
  ]);
  return problemsOf(cart, { lines, quote, onSale, stock });
}

async function onSaleUnlessUnavailable(context: Context, variantIds: readonly string[]) {
  try {
    return await variantsOnSale(context, variantIds);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    context.logger.warn({ event: 'cart.catalogue-unknown', err: error });
    return null;
  }
}
