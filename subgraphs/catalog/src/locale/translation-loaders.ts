import { type Loader, loadMany, type Rows } from '@stoa/database';
import { nearestLocales } from './nearest-locales.ts';
import { type TextTranslation, textIn } from './translated.ts';

/** A translation and the id of what it belongs to. */
interface OwnedTranslation extends TextTranslation {
  readonly ownerId: string;
}

/** Loaders of translations by the id of what they belong to, one loader a list of locales. */
export type TranslationLoaders = (locales: readonly string[]) => Loader<string, readonly TextTranslation[]>;

/**
 * Loaders of the rows of a table of translations.
 * @param owner the column that holds the id of what they belong to
 */
export function translationLoaders(rows: Rows, table: string, owner: string): TranslationLoaders {
  const loaders = new Map<string, Loader<string, readonly TextTranslation[]>>();
  return (locales) => {
    const key = locales.join();
    const known = loaders.get(key);
    if (known !== undefined) return known;
    const query = (ids: readonly string[]) =>
      rows.all<OwnedTranslation>(
        `select ${owner} as "ownerId", locale, name, description from ${table}
         where ${owner} = any(?) and locale = any(?)`,
        [ids, locales],
      );
    const loader = loadMany(query, ({ ownerId }) => ownerId);
    loaders.set(key, loader);
    return loader;
  };
}

/** A product's or a collection's text in the language of `locale`, or in the nearest one that there is. */
export function translatedText(
  loaders: TranslationLoaders,
  owner: { readonly id: string; readonly name: string; readonly description: string },
  field: 'name' | 'description',
  locale: string,
): string | Promise<string> {
  const locales = nearestLocales(locale);
  // At once where there is nothing to read: a list asks for hundreds of names.
  if (locales.length === 0) return owner[field];
  return loaders(locales)
    .load(owner.id)
    .then((translations) => textIn(locales, translations, field, owner[field]));
}
