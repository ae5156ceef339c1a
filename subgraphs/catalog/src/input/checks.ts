import type { NameTranslationInput, TextTranslationInput } from '../__generated__/resolvers-types.ts';
import { defaultLocale } from '../locale/nearest-locales.ts';
import type { Problem } from '../problem.ts';
import { isCode, isSku, isSlug } from './forms.ts';

/** What is wrong with an argument; null when nothing is. */
export type Check = Problem<'invalid-input'> | null;

/** What an argument should have been, and what it was. */
export function invalid(field: string, expected: string, found: string): Problem<'invalid-input'> {
  return { problem: 'invalid-input', field, message: `Expected ${expected}, found ${found}` };
}

const shownLength = 60;

function quoted(text: string): string {
  return JSON.stringify(text.length > shownLength ? `${text.slice(0, shownLength)}…` : text);
}

export function checkSlug(field: string, slug: string): Check {
  if (isSlug(slug)) return null;
  return invalid(field, 'a slug of at most 200 characters such as linen-summer-shirt', quoted(slug));
}

export function checkCode(field: string, code: string): Check {
  if (isCode(code)) return null;
  return invalid(field, 'a code of at most 100 characters such as sea-blue', quoted(code));
}

export function checkSku(field: string, sku: string): Check {
  if (isSku(sku)) return null;
  return invalid(
    field,
    'a stock-keeping unit of at most 64 characters such as LIN-SHIRT-0042-M-BLU',
    quoted(sku),
  );
}

/** A name is one line and says something. */
export function checkName(field: string, name: string): Check {
  if (name.trim() !== '' && name.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(name)) return null;
  return invalid(field, 'one line of 1 to 200 characters', quoted(name));
}

/** A description may be empty and have lines; PostgreSQL keeps no other control characters, nor half a character. */
export function checkDescription(field: string, description: string): Check {
  if (description.length > 20_000)
    return invalid(field, 'at most 20,000 characters', String(description.length));
  if (!/(?![\n\r\t])\p{Cc}|\p{Cs}/u.test(description)) return null;
  return invalid(field, 'text without control characters', quoted(description));
}

export function checkAlt(field: string, alt: string): Check {
  if (alt.length <= 300 && !/[\p{Cc}\p{Cs}]/u.test(alt)) return null;
  return invalid(field, 'one line of at most 300 characters', quoted(alt));
}

export function checkUrl(field: string, url: string): Check {
  if (url.length <= 2_000 && /^https?:\/\/[^\s\p{Cc}\p{Cs}]+$/u.test(url) && URL.canParse(url)) return null;
  return invalid(field, 'an http or https URL of at most 2,000 characters', quoted(url));
}

export function checkWeight(field: string, weightGrams: number): Check {
  if (weightGrams >= 0 && weightGrams <= 1_000_000) return null;
  return invalid(field, 'from 0 to 1,000,000 grams', String(weightGrams));
}

/** Checks an argument that may be left out. */
export function checkGiven<Value>(
  field: string,
  value: Value | null | undefined,
  check: (field: string, value: Value) => Check,
): Check {
  return value === null || value === undefined ? null : check(field, value);
}

export function checkCount(
  field: string,
  items: readonly unknown[],
  [least, most]: readonly [number, number],
): Check {
  if (items.length >= least && items.length <= most) return null;
  return invalid(field, least === 0 ? `at most ${most}` : `from ${least} to ${most}`, String(items.length));
}

/** Checks each item, with the path of its place. */
export function checkEach<Item>(
  field: string,
  items: readonly Item[],
  check: (field: string, item: Item) => Check,
): Check {
  for (const [index, item] of items.entries()) {
    const problem = check(`${field}.${index}`, item);
    if (problem !== null) return problem;
  }
  return null;
}

/** Checks that no two items have the same key. */
export function checkDistinct<Item>(
  field: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): Check {
  const seen = new Set<string>();
  return checkEach(field, items, (place, item) => {
    const key = keyOf(item);
    if (seen.has(key)) return invalid(place, 'each only once', `${quoted(key)} again`);
    seen.add(key);
    return null;
  });
}

/** Names in other languages than the default one, one a language. */
export function checkNameTranslations(field: string, translations: readonly NameTranslationInput[]): Check {
  return (
    checkCount(field, translations, [0, 100]) ??
    checkEach(field, translations, checkTranslation) ??
    checkDistinct(field, translations, ({ locale }) => locale)
  );
}

/** Names and descriptions in other languages than the default one, one a language. */
export function checkTextTranslations(field: string, translations: readonly TextTranslationInput[]): Check {
  return (
    checkNameTranslations(field, translations) ??
    checkEach(field, translations, (place, { description }) =>
      description ? checkDescription(`${place}.description`, description) : null,
    )
  );
}

function checkTranslation(field: string, { locale, name }: NameTranslationInput): Check {
  if (locale === defaultLocale) {
    return invalid(
      `${field}.locale`,
      `a language other than the default one, ${defaultLocale}`,
      quoted(locale),
    );
  }
  return checkName(`${field}.name`, name);
}
