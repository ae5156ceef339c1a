import type { NewId } from '@stoa/clock';
import type { NameTranslationInput } from '../__generated__/resolvers-types.ts';
import type { NameTranslations } from '../locale/translated.ts';
import { type Check, checkCode, checkName, checkNameTranslations } from './checks.ts';

/** What options, facets and the values of both are told by. */
interface CodedNameInput {
  readonly code: string;
  readonly name: string;
  readonly translations?: readonly NameTranslationInput[];
}

/** An option, a facet or a value of either, as it will be kept. */
export interface CodedName {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly nameTranslations: NameTranslations;
}

export function checkCodedName(field: string, { code, name, translations = [] }: CodedNameInput): Check {
  return (
    checkCode(`${field}.code`, code) ??
    checkName(`${field}.name`, name) ??
    checkNameTranslations(`${field}.translations`, translations)
  );
}

export function newCodedName(newId: NewId, { code, name, translations = [] }: CodedNameInput): CodedName {
  return { id: newId(), code, name: name.trim(), nameTranslations: namesByLocale(translations) };
}

/** Names in other languages, as they are kept beside the default one. */
export function namesByLocale(translations: readonly NameTranslationInput[]): NameTranslations {
  return Object.fromEntries(translations.map(({ locale, name }) => [locale, name.trim()]));
}
