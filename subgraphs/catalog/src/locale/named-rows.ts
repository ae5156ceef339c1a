import { readJson } from '@stoa/database';
import type { NameTranslations } from './translated.ts';

/** A row as the database gives it, before its translations are read. */
export type RawNamed<Row extends { nameTranslations: NameTranslations }> = Omit<Row, 'nameTranslations'> & {
  readonly nameTranslations: unknown;
};

/** The row with its translations read. */
export function readNamed<Raw extends { readonly nameTranslations: unknown }>(
  raw: Raw,
): Omit<Raw, 'nameTranslations'> & { readonly nameTranslations: NameTranslations } {
  return { ...raw, nameTranslations: readJson<NameTranslations>(raw.nameTranslations) };
}
