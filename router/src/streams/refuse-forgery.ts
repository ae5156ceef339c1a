import { Failure } from '@stoa/errors';

/** Headers that a page cannot have a browser send to another site without asking that first; those of ApolloServer. */
const preflightHeaders = ['x-apollo-operation-name', 'apollo-require-preflight'];

/**
 * Refuses what a page of another site may have had a browser send: a GET needs a header that a browser asks about.
 * @throws {Failure} bad-input
 */
export function refuseForgery(headers: Readonly<Record<string, string | string[] | undefined>>): void {
  if (preflightHeaders.some((name) => (headers[name] ?? '') !== '')) return;
  throw new Failure(
    'bad-input',
    `This may be a request that another site has forged: expected a non-empty header, one of ${preflightHeaders.join(', ')}`,
    { code: 'CSRF_PREVENTED' },
  );
}
