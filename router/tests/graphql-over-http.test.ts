import { listen } from '@stoa/http';
import { auditServer, serverAudits } from 'graphql-http';
import { expect, it } from 'vitest';
import { startRouter } from './start-router.ts';

it('passes what GraphQL over HTTP says that a server must and should do', async () => {
  const { router } = await startRouter();
  const { port } = new URL(await listen(router.server, 0));
  const url = `http://localhost:${port}/graphql`;
  const results = await auditServer({ url, fetchFn: fetch });
  expect(results).toHaveLength(serverAudits({ url, fetchFn: fetch }).length);
  const failed = results.filter(({ status }) => status !== 'ok' && status !== 'notice');
  expect(failed.map((result) => [result.name, 'reason' in result && result.reason])).toEqual([]);
  // What it may do, and does not: a GET that a page of another site could have sent is refused, whatever its type.
  expect(results.filter(({ status }) => status === 'notice').map(({ name }) => name)).toEqual([
    'MAY accept application/x-www-form-urlencoded formatted GET requests',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/graphql-response+json',
    'MAY allow URL-encoded JSON string {variables} parameter in GETs when accepting application/json',
  ]);
});

it.each([
  [undefined, 400],
  ['*/*', 400],
  ['application/graphql-response+json, application/json;q=0.9', 400],
  ['application/json', 200],
])('answers an operation that is not valid, to a client that accepts %s, with %d', async (accept, status) => {
  const { post } = await startRouter();
  const answer = await post({ query: '{ nothing }' }, accept === undefined ? {} : { accept });
  expect(answer.status).toBe(status);
  expect(answer.body.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});
