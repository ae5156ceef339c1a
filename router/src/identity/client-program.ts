/** The program that sends a request, as it names itself; null where it does not. Good for counting, never for rights. */
export interface ClientProgram {
  readonly name: string | null;
  readonly version: string | null;
}

type Headers = Readonly<Record<string, string | string[] | undefined>>;

const longestName = 100;

/**
 * Reads the headers by which Apollo's clients name themselves; the client that the access token was
 * made for stands in for a name that is missing.
 */
export function clientProgramOf(headers: Headers, clientId: string | null): ClientProgram {
  return {
    name: clean(headers['apollographql-client-name']) ?? clean(clientId ?? undefined),
    version: clean(headers['apollographql-client-version']),
  };
}

/** Without control characters and of a bounded length, as it is stored and logged; null when nothing is left. */
function clean(text: string | string[] | undefined): string | null {
  if (typeof text !== 'string') return null;
  const cleaned = text.replaceAll(/\p{C}/gu, '').trim().slice(0, longestName);
  return cleaned === '' ? null : cleaned;
}
