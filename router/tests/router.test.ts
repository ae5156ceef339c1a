import { contextHeader, signContext } from '@stoa/identity';
import { describe, expect, it } from 'vitest';
import type { Router } from '../src/index.ts';
import { contextSecret, maker, startRouter } from './start-router.ts';

describe('the router', () => {
  it('answers one query from two subgraphs', async () => {
    const { post } = await startRouter();
    const { body } = await post({ query: '{ book(id: "1") { title price } }' });
    expect(body).toEqual({ data: { book: { title: 'Book 1', price: 5 } } });
  });

  it('passes the caller, the request id, the locale and the currency down, signed', async () => {
    const { post, sentContext, graph } = await startRouter();
    await post(
      { query: '{ whoami }' },
      {
        authorization: `Bearer ${maker.token()}`,
        'x-request-id': 'r-77',
        'accept-language': 'fr;q=0.5, de-AT, en;q=0.8',
        'x-currency': 'USD',
        'x-channel': 'outlet',
      },
    );
    expect(sentContext()).toEqual({
      viewer: { kind: 'user', id: 'u-1', roles: ['CUSTOMER'], scopes: ['shop'], sessionId: 's-1' },
      requestId: 'r-77',
      locale: 'de-AT',
      currency: 'USD',
      channel: 'outlet',
      clientAddress: '127.0.0.1',
    });
    expect(graph.sent.at(-1)?.requestId).toBe('r-77');
  });

  it.each([
    ['nobody', '', '127.0.0.1'],
    ['another machine', '10.0.0.0/8', '127.0.0.1'],
    ['the proxy that asks', 'loopback', '203.0.113.7'],
  ])('believes X-Forwarded-For when %s is trusted', async (_, trusted, address) => {
    const { post, sentContext } = await startRouter({ environment: { TRUSTED_PROXIES: trusted } });
    await post({ query: '{ whoami }' }, { 'x-forwarded-for': '198.51.100.1, 203.0.113.7' });
    expect(sentContext().clientAddress).toBe(address);
  });

  it('ignores a context header that a client sends, even a well signed one', async () => {
    const { post, sentContext } = await startRouter();
    const forged = signContext(
      {
        viewer: { kind: 'user', id: 'admin', roles: ['ADMIN'], scopes: [], sessionId: null },
        requestId: 'x',
        channel: 'default',
        currency: 'EUR',
        locale: 'en',
      },
      contextSecret,
    );
    await post({ query: '{ whoami }' }, { [contextHeader]: forged });
    expect(sentContext().viewer).toMatchObject({ kind: 'guest', id: null });
  });

  it('makes a request id when the client has none or a strange one, and gives it back', async () => {
    const { post, sentContext } = await startRouter();
    const { headers } = await post({ query: '{ whoami }' }, { 'x-request-id': 'a b\tc' });
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(sentContext().requestId).toBe(headers['x-request-id']);
  });

  it.each([
    ['malformed JSON', '{"query"', {}, 400, 'not valid JSON'],
    ['a body over the limit', { query: `{ whoami } #${'x'.repeat(6_000)}` }, {}, 413, 'at most 5000 bytes'],
    [
      'an unknown field',
      { query: '{ book(id: 1) { pages } }' },
      {},
      400,
      'Cannot query field "pages" on type "Book"',
    ],
    [
      'a value of the wrong type',
      { query: 'query ($id: ID!) { book(id: $id) { title } }', variables: { id: {} } },
      {},
      400,
      'ID cannot represent value',
    ],
    ['a query that does not parse', { query: '{ book(' }, {}, 400, 'Syntax Error'],
    ['no query', {}, {}, 400, 'JSON object has no keys'],
    ['another content type', '<xml/>', { 'content-type': 'application/xml' }, 415, 'application/json'],
    [
      'an expired token',
      { query: '{ whoami }' },
      { authorization: `Bearer ${maker.token({}, { expiresIn: -5 })}` },
      401,
      'it has expired',
    ],
    [
      'a malformed token',
      { query: '{ whoami }' },
      { authorization: 'Bearer x.y.z' },
      401,
      'expected a JSON Web Token',
    ],
    [
      'a strange currency',
      { query: '{ whoami }' },
      { 'x-currency': 'euros' },
      400,
      'ISO 4217 currency code such as EUR',
    ],
    ['a strange channel', { query: '{ whoami }' }, { 'x-channel': 'A B' }, 400, 'Expected a channel'],
  ])(
    'refuses %s, saying what was expected, and asks no subgraph',
    async (_, body, headers, status, message) => {
      const { post, graph } = await startRouter();
      const answer = await post(body, headers as Record<string, string>);
      expect(answer.status).toBe(status);
      expect(answer.body.errors[0].message).toContain(message);
      expect(answer.body.data).toBeUndefined();
      expect(graph.sent).toEqual([]);
    },
  );

  it('answers the rest when a subgraph is down, and names the subgraph but not its address', async () => {
    const { post } = await startRouter({ down: ['prices'], environment: { NODE_ENV: 'production' } });
    const { body } = await post({ query: '{ book(id: "1") { title price } }' });
    expect(body.data).toEqual({ book: { title: 'Book 1', price: null } });
    expect(body.errors[0]).toMatchObject({
      message: 'The subgraph prices did not answer',
      extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'prices' },
    });
    expect(JSON.stringify(body)).not.toMatch(/ECONNREFUSED|internal/);
  });

  it('shows Sandbox and GraphiQL in development, and neither in production', async () => {
    const page = async (router: Router, url: string) =>
      router.server.inject({ url, headers: { accept: 'text/html' } });
    const { router } = await startRouter();
    expect((await page(router, '/graphql')).body).toContain('embeddable-sandbox');
    const graphiql = await page(router, '/graphiql');
    expect(graphiql.headers['content-type']).toContain('text/html');
    expect(graphiql.body).toContain('GraphiQL');
    const { router: inProduction, post } = await startRouter({ environment: { NODE_ENV: 'production' } });
    expect((await page(inProduction, '/graphql')).body).not.toContain('embeddable-sandbox');
    expect((await page(inProduction, '/graphiql')).statusCode).toBe(404);
    expect((await post({ query: '{ __schema { types { name } } }' })).body.errors[0].message).toContain(
      'introspection',
    );
  });

  it('says that it is alive and ready', async () => {
    const { router } = await startRouter();
    expect((await router.server.inject('/health/live')).statusCode).toBe(200);
    expect((await router.server.inject('/health/ready')).json()).toEqual({ status: 'ready' });
  });
});
