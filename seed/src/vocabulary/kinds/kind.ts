import type { DemoTaxCategoryCode } from '../../tax-categories.ts';
import { type Words, words } from '../../words.ts';
import type { Material } from '../materials.ts';

/** What a product is called. */
export interface Noun {
  /** German: in lower case, since it ends a compound noun. */
  readonly name: Words;
  /** Two to six letters, as they stand in a sku. */
  readonly skuCode: string;
}

/** One value of a choice, and what it does to price and weight. */
export interface ChoiceValue {
  readonly code: string;
  readonly name: string;
  readonly priceFactor: number;
  readonly weightFactor: number;
}

/** What a buyer chooses beside the colour, values in the order in which a shop shows them. */
export interface Choice {
  readonly code: string;
  readonly name: string;
  readonly values: readonly ChoiceValue[];
}

/**
 * How the five variants of a product differ:
 * by five colours, by the five values of a choice, or by three neighbouring values of a choice in two colours.
 */
type Variation =
  | { readonly by: 'colour' }
  | { readonly by: 'choice'; readonly choice: Choice }
  | { readonly by: 'choice-and-colour'; readonly choice: Choice };

/** A kind of product, which is a collection of the shop and the recipe for what stands in it. */
export interface Kind {
  readonly slug: string;
  readonly name: Words;
  readonly description: Words;
  readonly nouns: readonly Noun[];
  readonly materials: readonly Material[];
  /** The words between noun and material; English puts the material first and needs none. */
  readonly madeOf: { readonly de: string; readonly fr: string };
  /** The last sentence of a product's description. */
  readonly note: Words;
  readonly variation: Variation;
  /** What the plainest variant costs: lowest and highest, in EUR minor units, tax included. */
  readonly priceRange: readonly [number, number];
  /** What the lightest variant weighs: lowest and highest, in grams. */
  readonly weightRangeGrams: readonly [number, number];
  readonly taxCategory: DemoTaxCategoryCode;
}

/** "Sommerhemd aus Leinen", "Chemise d’été en lin". */
export const MADE_OF: Kind['madeOf'] = { de: 'aus', fr: 'en' };

/** "Sommernotizbuch in Leinen", "Carnet d’été relié en lin": for what is bound, not made, in a material. */
export const BOUND_IN: Kind['madeOf'] = { de: 'in', fr: 'relié en' };

/** Writes a noun on one line. */
export function noun(skuCode: string, en: string, de: string, fr: string): Noun {
  return { skuCode, name: words(en, de, fr) };
}

/** Writes a value of a choice on one line; a larger thing weighs more in step with its price, unless said otherwise. */
export function choiceValue(
  code: string,
  name: string,
  priceFactor = 1,
  weightFactor = priceFactor,
): ChoiceValue {
  return { code, name, priceFactor, weightFactor };
}
