import { Failure } from '@stoa/errors';
import type { Context } from '../context.ts';

export interface VariantOnSale {
  readonly sku: string;
  readonly name: string;
}

type Asking = Pick<Context, 'services' | 'call' | 'logger'>;

/**
 * The variants that the catalogue sells, by id; the others are not in it.
 * @throws {Failure} unavailable when the catalogue does not answer
 */
export async function variantsOnSale(
  { services, call }: Pick<Asking, 'services' | 'call'>,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, VariantOnSale>> {
  if (variantIds.length === 0) return new Map();
  const { variants } = await services.catalog.getVariants({
    variantIds: [...variantIds],
    locale: call.locale,
  });
  return new Map(variants.map(({ id, sku, name }) => [id, { sku, name }]));
}

/** What can be sold now of each variant, by id; null when the inventory does not answer. */
export async function stockOf(
  { services, logger }: Pick<Asking, 'services' | 'logger'>,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, number> | null> {
  if (variantIds.length === 0) return new Map();
  try {
    const { variants } = await services.inventory.getAvailability({ variantIds: [...variantIds] });
    return new Map(variants.map(({ variantId, available }) => [variantId, available]));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    logger.warn({ event: 'cart.stock-unknown', err: error });
    return null;
  }
}
