import type { DemoLocationCode } from './locations.ts';
import type { DemoCurrency } from './price-lists.ts';
import { pricesInAllCurrencies } from './prices.ts';
import type { Random } from './random.ts';
import { stockByLocation } from './stock.ts';
import type { DemoTaxCategoryCode } from './tax-categories.ts';
import { COLOUR_FAMILIES, COLOURS, type Colour } from './vocabulary/colours.ts';
import type { Choice, ChoiceValue, Kind } from './vocabulary/kinds/kind.ts';

/** One value of an option: "M", "Sea blue". */
export interface DemoOptionValue {
  readonly id: string;
  readonly code: string;
  readonly name: string;
}

/** What a buyer chooses on a product's page: "Size", "Colour". It belongs to one product. */
export interface DemoOption {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly values: readonly DemoOptionValue[];
}

/** What is bought: a product in one value of each of its options. */
export interface DemoVariant {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  /** One value of each option of the product, in the options' order. */
  readonly optionValueIds: readonly string[];
  /** Minor units, as its price list states them: EUR and GBP with tax, USD without. */
  readonly price: Readonly<Record<DemoCurrency, number>>;
  readonly taxCategory: DemoTaxCategoryCode;
  readonly weightGrams: number;
  /** Units on hand. */
  readonly stock: Readonly<Record<DemoLocationCode, number>>;
}

/** What the variants of a product share. */
interface VariantBase {
  readonly productId: string;
  readonly productName: string;
  /** The beginning of each sku, without the closing dash. */
  readonly skuPrefix: string;
  readonly kind: Kind;
  readonly priceFactor: number;
}

/** A value of an option, with what it adds to a sku, a price and a weight. */
interface OfferedValue {
  readonly value: DemoOptionValue;
  readonly skuCode: string;
  readonly priceFactor: number;
  readonly weightFactor: number;
}

interface OfferedOption {
  readonly option: DemoOption;
  readonly values: readonly OfferedValue[];
}

const VARIANTS_PER_PRODUCT = 5;

const COLOURS_BESIDE_A_CHOICE = 2;

const CHOICES_BESIDE_A_COLOUR = 3;

/** Decides the options of a product, its five variants, and the colours that these come in (none for some kinds). */
export function buildVariants(
  base: VariantBase,
  random: Random,
  nextId: () => string,
): { options: readonly DemoOption[]; variants: readonly DemoVariant[]; colours: readonly Colour[] } {
  const { kind } = base;
  const colours = pickColours(kind, random);
  const options = offerOptions(kind, colours, random, nextId);
  const euroCents = random.integer(...kind.priceRange) * base.priceFactor;
  const weightGrams = random.integer(...kind.weightRangeGrams);

  const variants = pickCombinations(options, random).map((values): DemoVariant => {
    let priceFactor = 1;
    let weightFactor = 1;
    for (const offered of values) {
      priceFactor *= offered.priceFactor;
      weightFactor *= offered.weightFactor;
    }
    return {
      id: nextId(),
      productId: base.productId,
      sku: [base.skuPrefix, ...values.map((offered) => offered.skuCode)].join('-'),
      name: [base.productName, ...values.map((offered) => offered.value.name)].join(', '),
      optionValueIds: values.map((offered) => offered.value.id),
      price: pricesInAllCurrencies(euroCents * priceFactor),
      taxCategory: kind.taxCategory,
      weightGrams: Math.round(weightGrams * weightFactor),
      stock: stockByLocation(random),
    };
  });
  return { options: options.map((offered) => offered.option), variants, colours };
}

/** Two families at most, so that a product has few colour facets and its colours go together. */
function pickColours(kind: Kind, random: Random): readonly Colour[] {
  if (kind.variation.by === 'choice') return [];
  const families = random.shuffle(COLOUR_FAMILIES).slice(0, 2);
  const matching = random.shuffle(COLOURS.filter((colour) => families.includes(colour.family)));
  return matching.slice(0, kind.variation.by === 'colour' ? VARIANTS_PER_PRODUCT : COLOURS_BESIDE_A_CHOICE);
}

function offerOptions(
  kind: Kind,
  colours: readonly Colour[],
  random: Random,
  nextId: () => string,
): readonly OfferedOption[] {
  switch (kind.variation.by) {
    case 'colour':
      return [offerColours(colours, nextId)];
    case 'choice':
      return [offerChoice(kind.variation.choice, kind.variation.choice.values, nextId)];
    case 'choice-and-colour': {
      const { choice } = kind.variation;
      const start = random.integer(0, choice.values.length - CHOICES_BESIDE_A_COLOUR);
      const values = choice.values.slice(start, start + CHOICES_BESIDE_A_COLOUR);
      return [offerChoice(choice, values, nextId), offerColours(colours, nextId)];
    }
  }
}

function offerChoice(choice: Choice, values: readonly ChoiceValue[], nextId: () => string): OfferedOption {
  return offer(
    nextId(),
    choice,
    values.map(({ code, name, priceFactor, weightFactor }) => ({
      value: { id: nextId(), code, name },
      skuCode: code.toUpperCase(),
      priceFactor,
      weightFactor,
    })),
  );
}

function offerColours(colours: readonly Colour[], nextId: () => string): OfferedOption {
  return offer(
    nextId(),
    { code: 'colour', name: 'Colour' },
    colours.map(({ code, name, skuCode }) => ({
      value: { id: nextId(), code, name },
      skuCode,
      priceFactor: 1,
      weightFactor: 1,
    })),
  );
}

function offer(
  id: string,
  { code, name }: Pick<DemoOption, 'code' | 'name'>,
  values: readonly OfferedValue[],
): OfferedOption {
  return { option: { id, code, name, values: values.map((offered) => offered.value) }, values };
}

/** Five of all combinations, in the options' order. Three sizes in two colours make six: one is not sold. */
function pickCombinations(options: readonly OfferedOption[], random: Random): readonly OfferedValue[][] {
  const all = options.reduce<OfferedValue[][]>(
    (combinations, option) =>
      combinations.flatMap((combination) => option.values.map((value) => [...combination, value])),
    [[]],
  );
  while (all.length > VARIANTS_PER_PRODUCT) all.splice(random.integer(0, all.length - 1), 1);
  return all;
}
