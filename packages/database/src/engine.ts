import { Failure } from '@stoa/errors';

export type Engine =
  | { readonly kind: 'sqlite' /** null in memory. */; readonly file: string | null }
  | {
      readonly kind: 'postgresql';
      readonly host: string;
      readonly name: string;
      /** A schema of its own within the database, by `?schema=`; null for the database as a whole. */
      readonly schema: string | null;
      /** The address without what only Stoa understands. */
      readonly url: string;
    };

/** As PostgreSQL writes a name without quotes. */
const schemaName = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * Tells the engine by the URL.
 * @throws {Failure} bad-input for any other URL
 */
export function engineOf(url: string): Engine {
  if (url === 'sqlite::memory:') return { kind: 'sqlite', file: null };
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length)
    return { kind: 'sqlite', file: url.slice('sqlite:'.length) };
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    const address = new URL(url);
    const { host, pathname, searchParams } = address;
    const schema = searchParams.get('schema');
    searchParams.delete('schema');
    if (schema !== null && !schemaName.test(schema))
      throw new Failure(
        'bad-input',
        `Expected the name of a schema after ?schema=, of small letters, digits and _, found ${JSON.stringify(schema)}`,
      );
    if (pathname.length > 1)
      return {
        kind: 'postgresql',
        host,
        name: decodeURIComponent(pathname.slice(1)),
        schema,
        url: address.href,
      };
  }
  throw new Failure(
    'bad-input',
    'Expected a database URL such as sqlite:/path/to/file, sqlite::memory:, postgresql://user@host:5432/name or postgresql://user@host:5432/name?schema=orders',
  );
}
