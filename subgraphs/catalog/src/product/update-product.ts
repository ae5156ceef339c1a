import type { EntityManager } from '@stoa/database';
import type { AddOptionValueInput, UpdateProductInput } from '../__generated__/resolvers-types.ts';
import { ProductFacetValue } from '../facet/facet.entity.ts';
import {
  type Check,
  checkDescription,
  checkEach,
  checkGiven,
  checkName,
  checkSlug,
  checkTextTranslations,
  invalid,
} from '../input/checks.ts';
import { checkCodedName, newCodedName } from '../input/coded-name.ts';
import { nameKey } from '../name-key.ts';
import type { Outcome } from '../problem.ts';
import { Variant } from '../variant/variant.entity.ts';
import { changeTime, commit, type Work } from '../work.ts';
import { lockProduct } from './lock-product.ts';
import { Product, ProductImage, ProductTranslation } from './product.entity.ts';
import { checkFacetValueIds, checkImages, maximumValues } from './product-input.ts';
import { OptionValue, ProductOption } from './product-option.entity.ts';
import { recordProductChange } from './record-product-change.ts';
import { unknownFacetValue } from './unknown-facet-value.ts';

/** Changes what is given, if the product is still as the change was made from. */
export async function changeProduct(
  work: Work,
  input: UpdateProductInput,
): Promise<Outcome<'invalid-input' | 'product-not-found' | 'stale-version' | 'slug-taken'>> {
  const problem = checkChanges(input);
  if (problem !== null) return problem;

  return commit(work, async (tx) => {
    const product = await lockProduct(tx, input.id);
    if (product === null) return { problem: 'product-not-found', productId: input.id };
    const { expectedVersion } = input;
    if (product.version !== expectedVersion) {
      return { problem: 'stale-version', expectedVersion, currentVersion: product.version };
    }
    const slug = input.slug ?? product.slug;
    if (slug !== product.slug && (await tx.count(Product, { slug })) > 0)
      return { problem: 'slug-taken', slug };
    const unknown = await unknownFacetValue(tx, 'input.facetValueIds', input.facetValueIds ?? []);
    if (unknown !== null) return unknown;
    const offers = await offersOf(tx, product.id);
    const misplaced = checkAddedValues(offers, input.addOptionValues ?? []);
    if (misplaced !== null) return misplaced;

    product.slug = slug;
    product.name = input.name?.trim() ?? product.name;
    product.nameKey = nameKey(product.name);
    product.description = input.description ?? product.description;
    product.updatedAt = changeTime(work, product.updatedAt);
    await replaceTexts(tx, product.id, input);
    await replaceImages(tx, product.id, input);
    await replaceFacetValues(tx, product.id, input);
    addValues(work, tx, offers, input.addOptionValues ?? []);
    const variants = await tx.find(
      Variant,
      { product: product.id },
      { fields: ['id'], orderBy: { position: 'asc' } },
    );
    recordProductChange(
      work,
      tx,
      'UPDATED',
      product.id,
      variants.map(({ id }) => id),
    );
    return { problem: null, id: product.id };
  });
}

function checkChanges(input: UpdateProductInput): Check {
  return (
    checkGiven('input.slug', input.slug, checkSlug) ??
    checkGiven('input.name', input.name, checkName) ??
    checkGiven('input.description', input.description, checkDescription) ??
    checkTextTranslations('input.translations', input.translations ?? []) ??
    checkImages('input.images', input.images ?? []) ??
    checkFacetValueIds('input.facetValueIds', input.facetValueIds ?? []) ??
    checkEach('input.addOptionValues', input.addOptionValues ?? [], (place, { value }) =>
      checkCodedName(`${place}.value`, value),
    )
  );
}

interface Offer {
  readonly id: string;
  readonly code: string;
  readonly valueCodes: readonly string[];
}

async function offersOf(tx: EntityManager, productId: string): Promise<readonly Offer[]> {
  const options = await tx.find(ProductOption, { product: productId }, { orderBy: { position: 'asc' } });
  const values = await tx.find(OptionValue, { option: { $in: options.map(({ id }) => id) } });
  return options.map(({ id, code }) => ({
    id,
    code,
    valueCodes: values.filter(({ option }) => option === id).map((value) => value.code),
  }));
}

function checkAddedValues(offers: readonly Offer[], added: readonly AddOptionValueInput[]): Check {
  const codes = new Map(offers.map(({ code, valueCodes }) => [code, new Set(valueCodes)]));
  return checkEach('input.addOptionValues', added, (place, { option, value }) => {
    const known = codes.get(option);
    if (known === undefined)
      return invalid(`${place}.option`, 'the code of an option of the product', JSON.stringify(option));
    if (known.has(value.code))
      return invalid(`${place}.value.code`, `a value that ${option} has not yet`, value.code);
    if (known.size >= maximumValues)
      return invalid(place, `at most ${maximumValues} values of ${option}`, 'one more');
    known.add(value.code);
    return null;
  });
}

function addValues(
  { newId }: Work,
  tx: EntityManager,
  offers: readonly Offer[],
  added: readonly AddOptionValueInput[],
): void {
  for (const { id, code, valueCodes } of offers) {
    const values = added.filter(({ option }) => option === code);
    for (const [index, { value }] of values.entries()) {
      tx.create(OptionValue, {
        ...newCodedName(newId, value),
        option: id,
        position: valueCodes.length + index,
      });
    }
  }
}

async function replaceTexts(
  tx: EntityManager,
  product: string,
  { translations }: UpdateProductInput,
): Promise<void> {
  if (!translations) return;
  await tx.nativeDelete(ProductTranslation, {
    product,
    locale: { $in: translations.map(({ locale }) => locale) },
  });
  for (const { locale, name, description } of translations) {
    const trimmed = name.trim();
    tx.create(ProductTranslation, {
      product,
      locale,
      name: trimmed,
      nameKey: nameKey(trimmed),
      description: description ?? null,
    });
  }
}

async function replaceImages(
  tx: EntityManager,
  product: string,
  { images }: UpdateProductInput,
): Promise<void> {
  if (!images) return;
  await tx.nativeDelete(ProductImage, { product });
  for (const [position, { url, alt }] of images.entries()) {
    tx.create(ProductImage, { product, position, url, alt: alt ?? '' });
  }
}

async function replaceFacetValues(
  tx: EntityManager,
  product: string,
  { facetValueIds }: UpdateProductInput,
): Promise<void> {
  if (!facetValueIds) return;
  await tx.nativeDelete(ProductFacetValue, { product });
  for (const facetValue of facetValueIds) tx.create(ProductFacetValue, { product, facetValue });
}
