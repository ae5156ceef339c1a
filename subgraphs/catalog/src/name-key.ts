/** Keeps an index entry of PostgreSQL well under its limit of 2,704 bytes. */
const maximumCharacters = 200;

/**
 * What a name is sorted and searched by, the same on both engines: small letters, without Latin,
 * Greek and Cyrillic accents ("Été" is "ete"). Marks of other scripts carry meaning and stay.
 */
export function nameKey(name: string): string {
  const folded = name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
  return Array.from(folded).slice(0, maximumCharacters).join('');
}

/** A pattern for `like ? escape '\'` that finds names that contain `text`. */
export function containsPattern(text: string): string {
  return `%${nameKey(text).replace(/[\\%_]/g, '\\$&')}%`;
}
