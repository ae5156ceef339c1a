import { Failure } from '@stoa/errors';

export type Engine =
  | { readonly kind: 'sqlite' /** null in memory. */; readonly file: string | null }
  | { readonly kind: 'postgresql'; readonly host: string; readonly name: string };

/**
 * Tells the engine by the URL.
 * @throws {Failure} bad-input for any other URL
 */
export function engineOf(url: string): Engine {
  if (url === 'sqlite::memory:') return { kind: 'sqlite', file: null };
  if (url.startsWith('sqlite:') && url.length > 'sqlite:'.length)
    return { kind: 'sqlite', file: url.slice('sqlite:'.length) };
  if (/^postgres(ql)?:\/\//.test(url) && URL.canParse(url)) {
    const { host, pathname } = new URL(url);
    if (pathname.length > 1) return { kind: 'postgresql', host, name: decodeURIComponent(pathname.slice(1)) };
  }
  throw new Failure(
    'bad-input',
    'Expected a database URL such as sqlite:/path/to/file, sqlite::memory: or postgresql://user@host:5432/name',
  );
}
