import { openingDayIds } from './id-sequence.ts';
import { EDITS } from './vocabulary/edits.ts';
import { KINDS } from './vocabulary/kinds/index.ts';
import { type DemoTranslations, translated } from './words.ts';

/** A shelf of the shop: a kind of product ("Shirts") or an edit across kinds ("Weekend Away"). */
export interface DemoCollection {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly translations: DemoTranslations;
}

const nextId = openingDayIds(5);

const collections: readonly DemoCollection[] = [...KINDS, ...EDITS].map(({ slug, name, description }) => ({
  id: nextId(),
  slug,
  ...translated(name, description),
}));

const idsBySlug = new Map(collections.map(({ slug, id }) => [slug, id]));

/** The twenty collections: sixteen kinds of product, then four edits. */
export function demoCollections(): readonly DemoCollection[] {
  return collections;
}

/** The id of the collection with this slug; throws when there is none. */
export function collectionId(slug: string): string {
  const id = idsBySlug.get(slug);
  if (id === undefined) throw new Error(`expected the slug of a collection, found ${slug}`);
  return id;
}
