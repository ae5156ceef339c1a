import { isId } from '@stoa/clock';
import { type Rows, readTime } from '@stoa/database';
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

export const productColumns = `product.id, product.slug, product.name, product.name_key as "nameKey", product.description,
  product.state, product.created_at as "createdAt", product.version`;

/** What comes of `productColumns`. */
export interface RawProduct extends Omit<ProductRow, 'createdAt'> {
  readonly createdAt: unknown;
}

export function readProduct<Raw extends RawProduct>(raw: Raw): Raw & ProductRow {
  return { ...raw, createdAt: readTime(raw.createdAt) };
}

/** The products with these ids or slugs that the audience may see, in no order. */
export async function findProducts(
  rows: Rows,
  audience: Audience,
  column: 'id' | 'slug',
  keys: readonly string[],
): Promise<ProductRow[]> {
  const known = keys.filter(column === 'id' ? isId : isSlug);
  if (known.length === 0) return [];
  // The state is looked at here: asked for it too, SQLite would read all active products by the index of their states.
  const found = await rows.all<RawProduct>(`select ${productColumns} from product where ${column} = any(?)`, [
    known,
  ]);
  return found.map(readProduct).filter(({ state }) => audience === 'staff' || state === 'ACTIVE');
}
