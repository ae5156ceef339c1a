import { isId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import type {
  CreateProductInput,
  ProductOptionInput,
  ProductVariantInput,
} from '../__generated__/resolvers-types.ts';
import { Collection, CollectionProduct } from '../collection/collection.entity.ts';
import { ProductFacetValue } from '../facet/facet.entity.ts';
import { invalid } from '../input/checks.ts';
import { type CodedName, newCodedName } from '../input/coded-name.ts';
import { nameKey } from '../name-key.ts';
import type { Outcome, Problem } from '../problem.ts';
import { addVariant, type ChosenValue } from '../variant/add-variant.ts';
import { Variant } from '../variant/variant.entity.ts';
import { commit, type Work } from '../work.ts';
import { checkNewProduct } from './check-new-product.ts';
import { chooseOptionValues, combinationOf } from './choose-option-values.ts';
import { Product, ProductImage, ProductTranslation } from './product.entity.ts';
import { OptionValue, ProductOption } from './product-option.entity.ts';
import { recordProductChange } from './record-product-change.ts';
import { firstUnknown, knownFacetValues } from './unknown-facet-value.ts';

/** Why a product was not made. */
type NewProductProblem = 'invalid-input' | 'slug-taken' | 'sku-taken' | 'collection-not-found';

/** Makes a product with its options, variants, pictures, texts, facet values and places in collections, all or nothing. */
export async function makeProduct(
  work: Work,
  input: CreateProductInput,
): Promise<Outcome<NewProductProblem>> {
  const draft = draftProduct(work, 'input', input);
  if (draft.problem !== null) return draft;
  const [outcome] = await makeDrafts(work, [draft]);
  return outcome as Outcome<NewProductProblem>;
}

/**
 * Makes products in one transaction: each as `makeProduct` makes it, or not at all, whatever becomes of the others. Of two
 * that want the same slug or stock-keeping unit the first gets it.
 * @returns what came of each, in the order given; the path of an argument begins with `input.products.<index>`
 */
export async function makeProducts(
  work: Work,
  inputs: readonly CreateProductInput[],
): Promise<readonly Outcome<NewProductProblem>[]> {
  const drafts = inputs.map((input, index) => draftProduct(work, `input.products.${index}`, input));
  const sound = drafts.filter((draft) => draft.problem === null);
  const made = await makeDrafts(work, sound);
  return drafts.map((draft) =>
    draft.problem === null ? (made[sound.indexOf(draft)] as Outcome<NewProductProblem>) : draft,
  );
}

/** A product that has been checked by itself. */
interface DraftProduct {
  readonly problem: null;
  /** The path of its input. */
  readonly field: string;
  readonly input: CreateProductInput;
  readonly options: readonly DraftOption[];
  readonly variants: readonly DraftVariant[];
}

function draftProduct(
  work: Work,
  field: string,
  input: CreateProductInput,
): DraftProduct | Problem<'invalid-input'> {
  const problem = checkNewProduct(field, input);
  if (problem !== null) return problem;
  const options = draftOptions(work, input.options ?? []);
  const variants = draftVariants(field, options, input.variants ?? []);
  if (variants.problem !== null) return variants;
  return { problem: null, field, input, options, variants: variants.drafts };
}

function makeDrafts(
  work: Work,
  drafts: readonly DraftProduct[],
): Promise<readonly Outcome<NewProductProblem>[]> {
  return commit(work, async (tx) => {
    const surroundings = await readSurroundings(
      tx,
      drafts.map(({ input }) => input),
    );
    return drafts.map((draft) => {
      const conflict = findConflict(surroundings, draft);
      return conflict ?? { problem: null, id: addDraft(work, tx, surroundings, draft) };
    });
  });
}

function addDraft(
  work: Work,
  tx: EntityManager,
  { slugs, skus }: Surroundings,
  { input, options, variants }: DraftProduct,
): string {
  const product = addProduct(work, tx, input);
  addOptions(tx, product.id, options);
  const variantIds = variants.map(({ variant, values }, position) =>
    addVariant(work, tx, product.id, position, variant, values),
  );
  recordProductChange(work, tx, 'CREATED', product.id, variantIds);
  slugs.add(input.slug);
  for (const { variant } of variants) skus.add(variant.sku);
  return product.id;
}

interface DraftOption extends CodedName {
  readonly values: readonly CodedName[];
}

function draftOptions({ newId }: Work, options: readonly ProductOptionInput[]): readonly DraftOption[] {
  return options.map((option) => ({
    ...newCodedName(newId, option),
    values: option.values.map((value) => newCodedName(newId, value)),
  }));
}

interface DraftVariant {
  readonly variant: ProductVariantInput;
  readonly values: readonly ChosenValue[];
}

/** The variants with their option values, each in a combination of its own. */
function draftVariants(
  path: string,
  options: readonly DraftOption[],
  variants: readonly ProductVariantInput[],
): { readonly problem: null; readonly drafts: readonly DraftVariant[] } | Problem<'invalid-input'> {
  const offers = options.map(({ id, code, values }) => ({
    code,
    values: values.map((value) => ({ ...value, optionId: id })),
  }));
  const drafts: DraftVariant[] = [];
  const combinations = new Set<string>();
  for (const [index, variant] of variants.entries()) {
    const field = `${path}.variants.${index}.options`;
    const chosen = chooseOptionValues(offers, variant.options ?? [], field);
    if (chosen.problem !== null) return chosen;
    const combination = combinationOf(chosen.values.map(({ id }) => id));
    if (combinations.has(combination)) {
      return invalid(
        field,
        'a combination of option values that no other variant has',
        'one that an earlier variant has',
      );
    }
    combinations.add(combination);
    drafts.push({ variant, values: chosen.values });
  }
  return { problem: null, drafts };
}

/** What there is already of what new products name. */
interface Surroundings {
  /** Those that are taken. */
  readonly slugs: Set<string>;
  /** Those that are taken. */
  readonly skus: Set<string>;
  readonly collectionIds: ReadonlySet<string>;
  readonly facetValueIds: ReadonlySet<string>;
}

async function readSurroundings(
  tx: EntityManager,
  inputs: readonly CreateProductInput[],
): Promise<Surroundings> {
  const slugs = inputs.map(({ slug }) => slug);
  const products = await tx.find(Product, { slug: { $in: slugs } }, { fields: ['slug'] });
  const skus = inputs.flatMap(({ variants = [] }) => variants.map(({ sku }) => sku));
  const variants = await tx.find(Variant, { sku: { $in: skus } }, { fields: ['sku'] });
  const collectionIds = inputs.flatMap((input) => input.collectionIds ?? []).filter(isId);
  const collections = await tx.find(Collection, { id: { $in: collectionIds } }, { fields: ['id'] });
  const facetValueIds = inputs.flatMap((input) => input.facetValueIds ?? []);
  return {
    slugs: new Set(products.map(({ slug }) => slug)),
    skus: new Set(variants.map(({ sku }) => sku)),
    collectionIds: new Set(collections.map(({ id }) => id)),
    facetValueIds: await knownFacetValues(tx, facetValueIds),
  };
}

function findConflict(
  surroundings: Surroundings,
  { field, input: { slug, collectionIds = [], facetValueIds = [] }, variants }: DraftProduct,
): Problem<NewProductProblem> | null {
  if (surroundings.slugs.has(slug)) return { problem: 'slug-taken', slug };
  const taken = variants.find(({ variant }) => surroundings.skus.has(variant.sku));
  if (taken !== undefined) return { problem: 'sku-taken', sku: taken.variant.sku };
  const missing = collectionIds.find((id) => !surroundings.collectionIds.has(id));
  if (missing !== undefined) return { problem: 'collection-not-found', collectionId: missing };
  return firstUnknown(`${field}.facetValueIds`, facetValueIds, surroundings.facetValueIds);
}

function addProduct({ clock, newId }: Work, tx: EntityManager, input: CreateProductInput): Product {
  const now = clock.now();
  const name = input.name.trim();
  const product = tx.create(Product, {
    id: newId(),
    slug: input.slug,
    name,
    nameKey: nameKey(name),
    description: input.description ?? '',
    state: 'ACTIVE',
    createdAt: now,
    updatedAt: now,
  });
  for (const { locale, name: translated, description } of input.translations ?? []) {
    tx.create(ProductTranslation, {
      product: product.id,
      locale,
      name: translated.trim(),
      nameKey: nameKey(translated.trim()),
      description: description ?? null,
    });
  }
  for (const [position, { url, alt }] of (input.images ?? []).entries()) {
    tx.create(ProductImage, { product: product.id, position, url, alt: alt ?? '' });
  }
  for (const facetValue of input.facetValueIds ?? [])
    tx.create(ProductFacetValue, { product: product.id, facetValue });
  for (const collection of input.collectionIds ?? []) {
    tx.create(CollectionProduct, {
      collection,
      product: product.id,
      productState: product.state,
      productNameKey: product.nameKey,
      productCreatedAt: product.createdAt,
    });
  }
  return product;
}

function addOptions(tx: EntityManager, productId: string, options: readonly DraftOption[]): void {
  for (const [position, { values, ...option }] of options.entries()) {
    tx.create(ProductOption, { ...option, product: productId, position });
    for (const [place, value] of values.entries()) {
      tx.create(OptionValue, { ...value, option: option.id, position: place });
    }
  }
}
