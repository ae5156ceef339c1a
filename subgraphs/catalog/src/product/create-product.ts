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
import { unknownFacetValue } from './unknown-facet-value.ts';

/** Makes a product with its options, variants, pictures, texts, facet values and places in collections, all or nothing. */
export async function makeProduct(
  work: Work,
  input: CreateProductInput,
): Promise<Outcome<'invalid-input' | 'slug-taken' | 'sku-taken' | 'collection-not-found'>> {
  const problem = checkNewProduct(input);
  if (problem !== null) return problem;
  const options = draftOptions(work, input.options ?? []);
  const variants = draftVariants(options, input.variants ?? []);
  if (variants.problem !== null) return variants;

  return commit(work, async (tx) => {
    const conflict = await findConflict(tx, input);
    if (conflict !== null) return conflict;
    const product = addProduct(work, tx, input);
    addOptions(tx, product.id, options);
    const variantIds = variants.drafts.map(({ variant, values }, position) =>
      addVariant(work, tx, product.id, position, variant, values),
    );
    recordProductChange(work, tx, 'CREATED', product.id, variantIds);
    return { problem: null, id: product.id };
  });
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
    const field = `input.variants.${index}.options`;
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

async function findConflict(
  tx: EntityManager,
  { slug, variants = [], collectionIds = [], facetValueIds = [] }: CreateProductInput,
): Promise<Problem<'invalid-input' | 'slug-taken' | 'sku-taken' | 'collection-not-found'> | null> {
  if ((await tx.count(Product, { slug })) > 0) return { problem: 'slug-taken', slug };
  const skus = variants.map(({ sku }) => sku);
  const [taken] = await tx.find(
    Variant,
    { sku: { $in: skus } },
    { fields: ['sku'], orderBy: { sku: 'asc' }, limit: 1 },
  );
  if (taken !== undefined) return { problem: 'sku-taken', sku: taken.sku };
  const collections = await tx.find(
    Collection,
    { id: { $in: collectionIds.filter(isId) } },
    { fields: ['id'] },
  );
  const missing = collectionIds.find((id) => !collections.some((collection) => collection.id === id));
  if (missing !== undefined) return { problem: 'collection-not-found', collectionId: missing };
  return unknownFacetValue(tx, 'input.facetValueIds', facetValueIds);
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
