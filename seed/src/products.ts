import { collectionId } from './collections.ts';
import { facetValueId } from './facets.ts';
import { idSequence, OPENED_AT_MS } from './id-sequence.ts';
import { Random } from './random.ts';
import { buildVariants, type DemoOption, type DemoVariant } from './variants.ts';
import { COLOUR_FAMILIES } from './vocabulary/colours.ts';
import { KINDS } from './vocabulary/kinds/index.ts';
import type { Kind, Noun } from './vocabulary/kinds/kind.ts';
import type { Material } from './vocabulary/materials.ts';
import { STYLES, type Style } from './vocabulary/styles.ts';
import { type DemoTranslations, translated, type Words, words } from './words.ts';

/** A product as it stands on a page of its own, with the variants that can be bought. */
export interface DemoProduct {
  readonly id: string;
  readonly slug: string;
  /** English; unique in the shop. */
  readonly name: string;
  readonly description: string;
  /** The collection of its kind, then the edit that its style belongs to, if any. */
  readonly collectionIds: readonly string[];
  /** Two to four: material, season, and the families of its colours. */
  readonly facetValueIds: readonly string[];
  readonly imageUrls: readonly string[];
  readonly options: readonly DemoOption[];
  readonly translations: DemoTranslations;
  /** The moment that its id carries; a later product has a later one. */
  readonly createdAt: Date;
  /** Exactly five. */
  readonly variants: readonly DemoVariant[];
}

/** What sets a product apart from the others of its kind. */
interface Recipe {
  readonly style: Style;
  readonly material: Material;
  readonly noun: Noun;
}

const PRODUCT_COUNT = 1000;

/** Any number gives a shop; with this one the first and the last page of products are well stocked. */
const SHOP_SEED = 1_550_000;

const FIRST_PRODUCT_AT_MS = OPENED_AT_MS + 24 * 3_600_000;

const PRODUCT_INTERVAL_MS = 40 * 60_000;

let products: readonly DemoProduct[] | undefined;

/** The thousand products of the demo shop, oldest first; made at the first call, the same objects at each later one. */
export function demoProducts(): readonly DemoProduct[] {
  products ??= buildProducts();
  return products;
}

function buildProducts(): readonly DemoProduct[] {
  // Kinds take turns, so that the newest products are not all of one collection.
  const recipesByKind = KINDS.map((kind, index) => ({ kind, recipes: shuffledRecipes(kind, index) }));
  return Array.from({ length: PRODUCT_COUNT }, (_, index) => {
    const shelf = recipesByKind[index % recipesByKind.length];
    const recipe = shelf?.recipes[Math.floor(index / recipesByKind.length)];
    if (!shelf || !recipe)
      throw new Error(`expected a recipe for product ${index + 1}, found too few in its kind`);
    return buildProduct(index + 1, shelf.kind, recipe);
  });
}

/** Every combination of style, material and noun once, so that no two products share a name. */
function shuffledRecipes(kind: Kind, kindNumber: number): readonly Recipe[] {
  const recipes = kind.nouns.flatMap((noun) =>
    kind.materials.flatMap((material) => STYLES.map((style) => ({ style, material, noun }))),
  );
  return new Random(SHOP_SEED + kindNumber).shuffle(recipes);
}

function buildProduct(number: number, kind: Kind, recipe: Recipe): DemoProduct {
  const { style, material, noun } = recipe;
  const createdAtMs = FIRST_PRODUCT_AT_MS + (number - 1) * PRODUCT_INTERVAL_MS;
  const nextId = idSequence(createdAtMs, 1_000_000 + number);
  const id = nextId();
  const serial = String(number).padStart(4, '0');
  const name = nameOf(kind, recipe);
  const slug = `${name.en.toLowerCase().replaceAll(' ', '-')}-${serial}`;
  const { options, variants, colours } = buildVariants(
    {
      productId: id,
      productName: name.en,
      skuPrefix: `${material.skuCode}-${noun.skuCode}-${serial}`,
      kind,
      priceFactor: material.priceFactor,
    },
    new Random(SHOP_SEED + KINDS.length + number),
    nextId,
  );
  const colourFamilies = COLOUR_FAMILIES.filter((family) =>
    colours.some((colour) => colour.family === family),
  );

  return {
    id,
    slug,
    ...translated(name, descriptionOf(kind, recipe)),
    collectionIds: [kind.slug, ...(style.edit ? [style.edit] : [])].map(collectionId),
    facetValueIds: [material.family, style.season, ...colourFamilies].map(facetValueId),
    imageUrls: [1, 2].map((picture) => `https://images.stoa.example/${slug}/${picture}.jpg`),
    options,
    createdAt: new Date(createdAtMs),
    variants,
  };
}

function nameOf(kind: Kind, { style, material, noun }: Recipe): Words {
  return words(
    `${material.name.en} ${style.name.en} ${noun.name.en}`,
    `${style.name.de}${noun.name.de} ${kind.madeOf.de} ${material.name.de}`,
    `${noun.name.fr} ${style.name.fr} ${kind.madeOf.fr} ${material.name.fr}`,
  );
}

function descriptionOf(kind: Kind, { style, material }: Recipe): Words {
  const notes = [style.note, material.note, kind.note];
  return words(
    notes.map((note) => note.en).join(' '),
    notes.map((note) => note.de).join(' '),
    notes.map((note) => note.fr).join(' '),
  );
}
