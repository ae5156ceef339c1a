import { Failure } from '@stoa/errors';
import { createInMemoryBroker, defineEvent, z } from '@stoa/events';
import { createHttpServer, listen } from '@stoa/http';
import { contextHeader, guest, signContext } from '@stoa/identity';
import { silentLogger } from '@stoa/telemetry';
import { customer, testSubgraph } from '@stoa/testkit';
import { createClient } from 'graphql-sse';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { defineSubgraph, type RequestScope } from '../src/index.ts';

const noticeWritten = defineEvent('notice.written.v1', z.object({ id: z.string(), topic: z.string() }));

interface Context extends RequestScope {
  seen: number;
}

const notices = defineSubgraph({
  name: 'notices',
  folder: new URL('notices/', import.meta.url),
  entities: [],
  migrations: [],
  hears: [noticeWritten],
  app: () => ({}),
  context: (scope): Context => ({ ...scope, seen: 0 }),
  resolvers: {
    Query: { ready: () => true },
    Subscription: {
      noticeWritten: {
        subscribe: (_: unknown, { topic }: { topic: string }, { hear, call }: Context) => {
          if (call.viewer.kind !== 'user') throw new Failure('forbidden', 'Expected a user');
          return hear([noticeWritten], (notice) => notice.topic === topic);
        },
        resolve: ({ payload }: { payload: { id: string; topic: string } }) => {
          if (payload.id === 'bad') throw new Error('secret detail');
          return payload;
        },
      },
    },
    Notice: {
      seen: (_: unknown, __: unknown, context: Context) => {
        context.seen += 1;
        return context.seen;
      },
    },
  },
});

const written = (id: string, topic = 'a') => ({
  id: `e-${id}`,
  type: noticeWritten.type,
  aggregateId: id,
  requestId: 'r-1',
  occurredAt: new Date(),
  payload: { id, topic },
});
const query = 'subscription ($topic: String!) { noticeWritten(topic: $topic) { id seen } }';

async function started() {
  const broker = createInMemoryBroker();
  const heard = vi.spyOn(broker, 'listen');
  const subgraph = await testSubgraph(notices, { broker });
  onTestFinished(() => subgraph.stop());
  return { subgraph, broker, heard };
}

describe('a subscription in the same process', () => {
  it('answers each event that is wanted, with a context of its own', async () => {
    const { subgraph, broker, heard } = await started();
    const answers = subgraph.subscribe(query, { topic: 'a' }, customer('u-1'));
    const first = answers.next();
    await new Promise(setImmediate);
    await broker.publish([written('n-1'), written('n-2', 'b'), written('n-3')]);
    expect((await first).value).toMatchObject({ data: { noticeWritten: { id: 'n-1', seen: 1 } } });
    expect((await answers.next()).value).toMatchObject({ data: { noticeWritten: { id: 'n-3', seen: 1 } } });
    expect(heard).toHaveBeenCalledOnce();
    await answers.return();
  });

  it.each([
    ['a viewer who may not', query, { topic: 'a' }, guest, 'FORBIDDEN'],
    ['a document that is not valid', 'subscription { notice }', {}, customer('u-1'), 'BAD_USER_INPUT'],
    ['a document that does not parse', 'subscription {', {}, customer('u-1'), 'BAD_USER_INPUT'],
    ['variables that do not fit', query, {}, customer('u-1'), 'BAD_USER_INPUT'],
    ['a query', '{ ready }', {}, customer('u-1'), 'BAD_REQUEST'],
  ])('refuses %s in its only answer', async (_, document, variables, viewer, code) => {
    const { subgraph } = await started();
    const answers = subgraph.subscribe(document, variables, viewer);
    expect((await answers.next()).value).toMatchObject({ errors: [{ extensions: { code } }] });
    expect((await answers.next()).done).toBe(true);
  });

  it('masks what nobody expected of an event, and goes on', async () => {
    const { subgraph, broker } = await started();
    const answers = subgraph.subscribe(query, { topic: 'a' }, customer('u-1'));
    const first = answers.next();
    await new Promise(setImmediate);
    await broker.publish([written('bad'), written('n-2')]);
    expect((await first).value).toMatchObject({
      data: null,
      errors: [{ path: ['noticeWritten'], extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    expect((await answers.next()).value.data).toEqual({ noticeWritten: { id: 'n-2', seen: 1 } });
    await answers.return();
  });

  it('ends when the subgraph stops', async () => {
    const { subgraph } = await started();
    const next = subgraph.subscribe(query, { topic: 'a' }, customer('u-1')).next();
    await new Promise(setImmediate);
    await subgraph.stop();
    expect((await next).done).toBe(true);
  });
});

describe('a subscription by GraphQL over SSE', () => {
  async function served() {
    const { subgraph, broker } = await started();
    const server = createHttpServer({
      logger: silentLogger,
      bodyLimitBytes: 10_000,
      notReadyBecause: () => null,
    });
    await subgraph.subgraph.addRoutes(server);
    const url = `http://localhost:${new URL(await listen(server, 0)).port}/graphql`;
    onTestFinished(() => server.close());
    const context = {
      viewer: customer('u-1'),
      requestId: 'r-1',
      channel: 'default',
      currency: 'EUR',
      locale: 'en',
    };
    const headers = { [contextHeader]: signContext(context, subgraph.contextSecret) };
    const client = createClient({ url, headers, retryAttempts: 0 });
    onTestFinished(() => client.dispose());
    return { server, url, headers, client, broker };
  }

  it('answers each event, for the caller whose signed context it is given', async () => {
    const { client, broker } = await served();
    const answers = client.iterate({ query, variables: { topic: 'a' } });
    const first = answers.next();
    // Until the subscription has reached the broker, nothing is heard.
    const publishing = setInterval(() => void broker.publish([written('n-1')]), 5);
    expect((await first).value).toEqual({ data: { noticeWritten: { id: 'n-1', seen: 1 } } });
    clearInterval(publishing);
    await answers.return?.();
  });

  it('is refused without a context, with an HTTP status', async () => {
    const { url } = await served();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables: { topic: 'a' } }),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'CONTEXT_REQUIRED' } }] });
  });

  it('ends with an error when the subgraph drains, which waits for nothing else', async () => {
    const { url, headers, server } = await served();
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query, variables: { topic: 'a' } }),
    });
    expect(response.status).toBe(200);
    const [text] = await Promise.all([response.text(), server.close()]);
    expect(text).toContain('"code":"STREAM_ENDED_BY_STOP"');
    expect(text.endsWith('event: complete\ndata:\n\n')).toBe(true);
  });
});
