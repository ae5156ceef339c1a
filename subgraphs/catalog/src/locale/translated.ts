import { nearestLocales } from './nearest-locales.ts';

/** A short name in other languages than the default one, by locale. It is small, so it lies in the row that it names. */
export type NameTranslations = Readonly<Record<string, string>>;

/** What has a name in the default language and translations of it. */
export interface Named {
  readonly name: string;
  readonly nameTranslations: NameTranslations;
}

/** The name in the language of `locale`, or in the nearest one that there is. */
export function nameIn(locale: string, { name, nameTranslations }: Named): string {
  for (const nearest of nearestLocales(locale)) {
    const translation = Object.hasOwn(nameTranslations, nearest) ? nameTranslations[nearest] : undefined;
    if (translation !== undefined) return translation;
  }
  return name;
}

/** A product's or a collection's texts in one language; a description of null leaves that to a nearer language. */
export interface TextTranslation {
  readonly locale: string;
  readonly name: string;
  readonly description: string | null;
}

/**
 * The text in the nearest language that has it.
 * @param locales the nearest first
 * @param fallback the text in the default language
 */
export function textIn(
  locales: readonly string[],
  translations: readonly TextTranslation[],
  field: 'name' | 'description',
  fallback: string,
): string {
  for (const locale of locales) {
    const text = translations.find((translation) => translation.locale === locale)?.[field] ?? null;
    if (text !== null) return text;
  }
  return fallback;
}
