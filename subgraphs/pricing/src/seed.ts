import { demoPriceLists, demoProducts, demoTaxCategories } from '@stoa/seed';
import type { Process } from '@stoa/subgraph';
import type { PromotionKind } from './promotion/promotion.ts';

/** Rows a statement: SQLite takes at most 500 in one insert. */
const chunkSize = 100;

/** Fills an empty database with the price lists, taxes, prices and coupons of the demo shop. */
export async function seed({ database, clock, newId }: Process): Promise<void> {
  const knex = database.em.fork().getKnex();
  if ((await knex('price_list').first('id')) !== undefined) return;

  const now = clock.now();
  const base = { created_at: now, updated_at: now, version: 1 };
  const variants = demoProducts().flatMap((product) => product.variants);
  const priceLists = demoPriceLists();
  const taxCategories = demoTaxCategories();
  const categoryIds = new Map(taxCategories.map(({ code, id }) => [code, id]));
  const rows: Record<string, readonly Record<string, unknown>[]> = {
    price_list: priceLists.map(({ id, code, name, currency, isTaxIncluded, country }) => ({
      id,
      code,
      name,
      currency,
      is_tax_included: isTaxIncluded,
      country,
      ...base,
    })),
    price: priceLists.flatMap((list) =>
      variants.map((variant) => ({
        id: newId(),
        price_list_id: list.id,
        variant_id: variant.id,
        amount: variant.price[list.currency],
        ...base,
      })),
    ),
    tax_category: taxCategories.map(({ id, code, name }) => ({ id, code, name, ...base })),
    tax_rate: taxCategories.flatMap(({ id, ratesBasisPoints }) =>
      Object.entries(ratesBasisPoints).map(([country, basisPoints]) => ({
        id: newId(),
        tax_category_id: id,
        country,
        basis_points: basisPoints,
        ...base,
      })),
    ),
    variant_tax_category: variants
      .filter(({ taxCategory }) => taxCategory !== 'standard')
      .map((variant) => ({
        id: newId(),
        variant_id: variant.id,
        tax_category_id: categoryIds.get(variant.taxCategory),
        ...base,
      })),
    promotion: demoPromotions.map((promotion) => ({ ...promotion, starts_at: now, ...base })),
  };
  await knex.transaction(async (transaction) => {
    for (const [table, tableRows] of Object.entries(rows)) {
      await transaction.batchInsert(table, tableRows, chunkSize);
    }
  });
}

interface DemoPromotion {
  readonly id: string;
  readonly name: string;
  readonly kind: PromotionKind;
  readonly basis_points: number | null;
  readonly amount: number | null;
  readonly minimum_subtotal: number | null;
  readonly currency: string | null;
  readonly coupon_code: string;
}

/** Both need a coupon, so that the demo shop's totals are its prices unless the buyer does something about it. */
const demoPromotions: readonly DemoPromotion[] = [
  {
    id: '019b796d-d600-7a10-8000-000000000001',
    name: '10 % off your first order',
    kind: 'PERCENTAGE',
    basis_points: 1000,
    amount: null,
    minimum_subtotal: null,
    currency: null,
    coupon_code: 'WELCOME10',
  },
  {
    id: '019b796d-d601-7a10-8000-000000000002',
    name: '5 euros off from 50 euros',
    kind: 'AMOUNT',
    basis_points: null,
    amount: 500,
    minimum_subtotal: 5000,
    currency: 'EUR',
    coupon_code: 'FIVE-OFF',
  },
];
