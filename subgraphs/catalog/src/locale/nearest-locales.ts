/** The language of the texts that every product has; the others are translations of it. */
export const defaultLocale = 'en';

/** As long as the columns that hold one. */
const maximumLength = 35;

/** The canonical form of a BCP 47 tag (`DE-at` is `de-AT`), or null for what is none. */
export function canonicalLocale(tag: string): string | null {
  if (tag.length > maximumLength) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** What was told of tags, as each name in an answer asks; those of an attack would be many, so no more are kept. */
const known = new Map<string, readonly string[]>();
const mostKnown = 500;

/**
 * The languages whose translations may stand for `tag`, the nearest first: the tag itself, then the
 * tag shortened from its end (RFC 4647, section 3.4, "lookup"). Empty where the default language is
 * all that is left, and for what is no tag.
 */
export function nearestLocales(tag: string): readonly string[] {
  const locales = known.get(tag) ?? lookUp(tag);
  if (known.size < mostKnown) known.set(tag, locales);
  return locales;
}

function lookUp(tag: string): readonly string[] {
  const subtags = canonicalLocale(tag)?.split('-') ?? [];
  const locales: string[] = [];
  while (subtags.length > 0 && subtags.join('-') !== defaultLocale) {
    locales.push(subtags.join('-'));
    subtags.pop();
    // A single letter announces an extension, which has just been cut off.
    if (subtags.at(-1)?.length === 1) subtags.pop();
  }
  return locales;
}
