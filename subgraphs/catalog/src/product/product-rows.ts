import { isId } from '@stoa/clock';
import { type Knex, readTime } from '@stoa/database';
import type { Audience } from '../audience.ts';
import { isSlug } from '../input/forms.ts';

/** A product as its lists read it; the texts are in the default language. */
export interface ProductRow {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly nameKey: string;
  readonly description: string;
  readonly state: 'ACTIVE' | 'ARCHIVED';
  readonly createdAt: Date;
  readonly version: number;
}

export const productColumns = {
  id: 'product.id',
  slug: 'product.slug',
  name: 'product.name',
  nameKey: 'product.name_key',
  description: 'product.description',
  state: 'product.state',
  createdAt: 'product.created_at',
  version: 'product.version',
};

/** What comes of `productColumns`. */
export interface RawProduct extends Omit<ProductRow, 'createdAt'> {
  readonly createdAt: unknown;
}

export function readProduct<Raw extends RawProduct>(raw: Raw): Raw & ProductRow {
  return { ...raw, createdAt: readTime(raw.createdAt) };
}

/** The products with these ids or slugs that the audience may see, in no order. */
export async function findProducts(
  knex: Knex,
  audience: Audience,
  column: 'id' | 'slug',
  keys: readonly string[],
): Promise<ProductRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSlug);
  if (known.length === 0) return [];
  const query = knex('product').select(productColumns).whereIn(`product.${column}`, known);
  if (audience === 'buyers') query.where('product.state', 'ACTIVE');
  const rows: RawProduct[] = await query;
  return rows.map(readProduct);
}
