import { readJson } from '@stoa/database';
import type { NameTranslations } from './translated.ts';

/** A row as the database gives it, before its translations are read. */
export type RawNamed<Row extends { nameTranslations: NameTranslations }> = Omit<Row, 'nameTranslations'> & {
  readonly nameTranslations: unknown;
};

const none: NameTranslations = {};

/** The row with its translations read. */
export function readNamed<Raw extends { readonly nameTranslations: unknown }>(
  raw: Raw,
): Omit<Raw, 'nameTranslations'> & { readonly nameTranslations: NameTranslations } {
  const { nameTranslations } = raw;
  // Most names have none, and reading that is most of the work of a list.
  return { ...raw, nameTranslations: nameTranslations === '{}' ? none : readJson(nameTranslations) };
}
