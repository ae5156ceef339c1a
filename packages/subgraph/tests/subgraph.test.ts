import { defineEntity, p } from '@mikro-orm/core';
import { baseColumns, baseProperties, defineMigration, type Loader, loadOne } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { createHttpServer } from '@stoa/http';
import { contextHeader, guest, signContext } from '@stoa/identity';
import { silentLogger } from '@stoa/telemetry';
import { customer, databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineSubgraph, type RequestScope } from '../src/index.ts';

const Note = defineEntity({
  name: 'Note',
  tableName: 'note',
  properties: { ...baseProperties, text: p.string() },
});
interface Context extends RequestScope {
  notes: Loader<string, { id: string; text: string } | null>;
}

const notes = defineSubgraph({
  name: 'notes',
  folder: new URL('.', import.meta.url),
  entities: [Note],
  migrations: [
    defineMigration('001-notes', (schema) =>
      schema.createTable('note', (table) => {
        baseColumns(table);
        table.string('text').notNullable();
      }),
    ),
  ],
  app: () => ({}),
  context: (scope): Context => ({
    ...scope,
    notes: loadOne(
      (ids) => scope.em.find(Note, { id: { $in: [...ids] } }),
      (note) => note.id,
    ),
  }),
  resolvers: {
    Query: {
      note: (_: unknown, { id }: { id: string }, { notes }: Context) => notes.load(id),
      whoami: (_: unknown, __: unknown, { call }: Context) => call.viewer.id ?? 'a guest',
      fail: (_: unknown, { how }: { how: string }) => {
        throw how === 'expected'
          ? new Failure('conflict', 'Somebody was faster', { details: { version: 2 } })
          : new Error('secret detail');
      },
    },
    Note: { __resolveReference: ({ id }: { id: string }, { notes }: Context) => notes.load(id) },
  },
  seed: async ({ database, clock }) => {
    const at = clock.now();
    const em = database.em.fork();
    for (const id of ['n-1', 'n-2', 'n-3'])
      em.create(Note, { id, text: `text of ${id}`, createdAt: at, updatedAt: at });
    await em.flush();
  },
});

describe.each(databaseEngines)('a subgraph on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await testSubgraph(notes, { databaseUrl: freshUrl(), seed: true });
  });
  afterAll(() => subgraph.stop());

  it('answers from its own database', async () => {
    const { data } = await subgraph.query('{ note(id: "n-1") { id text } }');
    expect(data).toEqual({ note: { id: 'n-1', text: 'text of n-1' } });
  });

  it('resolves many entities in order with one query, and null for a missing one', async () => {
    const representations = ['n-2', 'n-9', 'n-1', 'n-2'].map((id) => ({ __typename: 'Note', id }));
    let texts: unknown[] = [];
    const statements = await subgraph.statementsOf(async () => {
      const { data } = await subgraph.entities(representations, '... on Note { text }');
      texts = data.map((note) => note?.text ?? null);
    });
    expect(texts).toEqual(['text of n-2', null, 'text of n-1', 'text of n-2']);
    expect(statements).toHaveLength(1);
  });

  it('takes the viewer from the signed context', async () => {
    expect((await subgraph.query('{ whoami }')).data.whoami).toBe('a guest');
    expect((await subgraph.query('{ whoami }', {}, customer('u-1'))).data.whoami).toBe('u-1');
  });

  it.each([
    ['does not parse', '{ note(', {}, 'GRAPHQL_PARSE_FAILED'],
    ['is not valid', '{ nothing }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['lacks a variable', 'query ($id: ID!) { note(id: $id) { id } }', {}, 'BAD_USER_INPUT'],
    ['holds two operations', 'query A { whoami } query B { whoami }', {}, 'OPERATION_RESOLUTION_FAILURE'],
  ])('refuses what %s, each time', async (_, document, variables, code) => {
    for (const _time of [1, 2])
      expect(await subgraph.query(document, variables)).toMatchObject({
        data: null,
        errors: [{ extensions: { code } }],
      });
  });

  it('tells a failure with its code and facts', async () => {
    const { errors } = await subgraph.query('{ fail(how: "expected") }');
    expect(errors).toMatchObject([
      { message: 'Somebody was faster', path: ['fail'], extensions: { code: 'CONFLICT', version: 2 } },
    ]);
  });
});

describe('a subgraph in production', () => {
  it('masks what it did not expect', async () => {
    const subgraph = await testSubgraph(notes, { environment: { NODE_ENV: 'production' } });
    const { errors } = await subgraph.query('{ fail(how: "unexpectedly") }');
    expect(errors).toMatchObject([
      { message: 'Something went wrong on our side', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret detail');
    await subgraph.stop();
  });

  it('refuses to start without a secret', async () => {
    await expect(
      testSubgraph(notes, { environment: { NODE_ENV: 'production', STOA_CONTEXT_SECRET: '' } }),
    ).rejects.toThrow('production has no default');
  });
});

describe('a subgraph over HTTP', () => {
  let subgraph: TestSubgraph;
  let server: ReturnType<typeof createHttpServer>;
  beforeAll(async () => {
    subgraph = await testSubgraph(notes, { seed: true });
    server = createHttpServer({
      logger: silentLogger,
      bodyLimitBytes: 2_000,
      notReadyBecause: () => subgraph.subgraph.notReadyBecause(),
    });
    await subgraph.subgraph.addRoutes(server);
  });
  afterAll(async () => {
    await server.close();
    await subgraph.stop();
  });
  const post = (payload: string, headers: Record<string, string> = {}) =>
    server.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json', ...headers },
      payload,
    });
  const signed = () => ({
    [contextHeader]: signContext(
      { viewer: guest, requestId: 'r', channel: 'default', currency: 'EUR', locale: 'en' },
      subgraph.contextSecret,
    ),
  });

  it('answers a request with a signed context', async () => {
    const response = await post('{"query":"{ whoami }"}', signed());
    expect(response.json()).toEqual({ data: { whoami: 'a guest' } });
  });

  it('refuses a request without one', async () => {
    const response = await post('{"query":"{ whoami }"}');
    expect(response.statusCode).toBe(401);
    expect(response.json().errors[0]).toMatchObject({ extensions: { code: 'CONTEXT_REQUIRED' } });
    expect(response.json().errors[0].message).toContain('Expected a signed x-stoa-context header');
  });

  it.each([
    ['JSON that is malformed', '{"query":', 400, 'not valid JSON'],
    [
      'a body that is too large',
      JSON.stringify({ query: `{ whoami } #${'x'.repeat(3_000)}` }),
      413,
      'at most 2000 bytes',
    ],
    ['no body', '', 400, 'empty'],
  ])('refuses %s with a reason', async (_, body, status, message) => {
    const response = await post(body, signed());
    expect(response.statusCode).toBe(status);
    expect(response.json().errors[0].message).toContain(message);
  });

  it('says when it is alive and when it is ready', async () => {
    expect((await server.inject('/health/live')).json()).toEqual({ status: 'live' });
    expect((await server.inject('/health/ready')).json()).toEqual({ status: 'ready' });
  });

  it('shows Sandbox to a browser', async () => {
    const response = await server.inject({ url: '/graphql', headers: { accept: 'text/html' } });
    expect(response.body).toContain('embeddable-sandbox');
  });
});
