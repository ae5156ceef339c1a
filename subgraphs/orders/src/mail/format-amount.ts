/** Writes an amount in minor units for people. */
export type FormatAmount = (amount: number) => string;

/**
 * Amounts of a currency as they are written in a locale (BCP 47): 1234 of EUR is €12.34 in English, 12,34 € in German. A locale that is
 * none counts as English.
 * @throws {RangeError} when the currency is not three letters
 */
export function formatAmountsIn(locale: string, currency: string): FormatAmount {
  const key = `${currency} ${locale}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = makeFormat(locale, currency);
    if (formats.size === kept) formats.clear();
    formats.set(key, known);
  }
  return known;
}

/** A format takes longer to make than the rest of a letter. Anybody may send any locale, so that not all are kept. */
const kept = 200;
const formats = new Map<string, FormatAmount>();

function makeFormat(locale: string, currency: string): FormatAmount {
  const format = new Intl.NumberFormat(isLocale(locale) ? locale : 'en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return (amount) => format.format(amount / 10 ** digits);
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
