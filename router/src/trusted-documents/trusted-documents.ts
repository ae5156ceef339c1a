import { stripIgnoredCharacters } from 'graphql';

/** The operations that clients are known to send, of all manifests. */
export interface TrustedDocuments {
  readonly size: number;
  /** The text of an operation by its id; null for an id of none. */
  find(id: string): string | null;
  /** Whether a text is one of them, whatever its spaces, commas and comments. */
  has(text: string): boolean;
}

/** @param bodies the text of each operation, by its id */
export function trustedDocuments(bodies: ReadonlyMap<string, string>): TrustedDocuments {
  const exact = new Set(bodies.values());
  const stripped = new Set([...exact].map(stripIgnoredCharacters));
  return {
    size: bodies.size,
    find: (id) => bodies.get(id) ?? null,
    has(text) {
      if (exact.has(text)) return true;
      try {
        return stripped.has(stripIgnoredCharacters(text));
      } catch {
        // It is not GraphQL at all.
        return false;
      }
    },
  };
}
