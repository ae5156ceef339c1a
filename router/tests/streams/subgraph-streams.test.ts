import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, type GraphQLSchema, parse, validate } from 'graphql';
import { createHandler } from 'graphql-sse/lib/use/http';
import { useServer } from 'graphql-ws/use/ws';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { subscribeTo } from '../../src/gateway/subscriptions/subscribe-to.ts';

/** A subgraph that counts up to a number, and then goes on forever if it is asked to. */
function countingSchema() {
  const ended = vi.fn();
  const schema = buildSchema(
    'type Query { ready: Boolean } type Subscription { counted(to: Int!, stays: Boolean): Int }',
  );
  const field = schema.getSubscriptionType()?.getFields().counted;
  if (field === undefined) throw new Error('no such field');
  field.subscribe = async function* (_source, { to, stays }) {
    try {
      for (let counted = 1; counted <= to; counted += 1) yield { counted };
      // As a resolver does that waits for an event.
      while (stays) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        yield { counted: 0 };
      }
    } finally {
      ended();
    }
  };
  return { schema, ended };
}

interface Served {
  readonly url: string;
  readonly seen: IncomingHttpHeaders[];
  /** Breaks all connections off. */
  breakOff(): void;
}

async function listening(
  listener: RequestListener,
  prepare?: (server: ReturnType<typeof createServer>) => void,
): Promise<Served> {
  const seen: IncomingHttpHeaders[] = [];
  const sockets = new Set<{ destroy(): void }>();
  const server = createServer((request, response) => {
    seen.push(request.headers);
    listener(request, response);
  });
  server.on('connection', (socket) => sockets.add(socket));
  server.on('upgrade', (request) => seen.push(request.headers));
  prepare?.(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const breakOff = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    breakOff();
    server.close();
  });
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/graphql`, seen, breakOff };
}

const bySse = (schema: GraphQLSchema) => listening(createHandler({ schema }));
const byWebSocket = (schema: GraphQLSchema) =>
  listening(
    (_request, response) => response.writeHead(404).end(),
    (server) => {
      const sockets = new WebSocketServer({ server, path: '/graphql' });
      useServer(
        {
          onSubscribe: (_context, _id, { query, variables }) => {
            const document = parse(query);
            const errors = validate(schema, document);
            return errors.length > 0 ? errors : { schema, document, variableValues: variables };
          },
        },
        sockets,
      );
    },
  );

describe.each([
  ['sse', bySse],
  ['graphql-ws', byWebSocket],
] as const)('subscriptions at a subgraph by %s', (protocol, serve) => {
  const open = (url: string, query: string, ended = new AbortController().signal) =>
    subscribeTo({ protocol, url: protocol === 'sse' ? url : url.replace('http', 'ws') })(
      { query, variables: { to: 2 } },
      'a signed context',
      'r-1',
      ended,
    );
  const query = 'subscription ($to: Int!) { counted(to: $to) }';
  const staying = 'subscription ($to: Int!) { counted(to: $to, stays: true) }';

  it('give what they answer and end with it, and carry who asks', async () => {
    const { url, seen } = await serve(countingSchema().schema);
    const answers: unknown[] = [];
    for await (const answer of open(url, query)) answers.push(answer);
    expect(answers).toEqual([{ data: { counted: 1 } }, { data: { counted: 2 } }]);
    expect(seen).toMatchObject([{ 'x-stoa-context': 'a signed context', 'x-request-id': 'r-1' }]);
  });

  it('give a refusal as an answer', async () => {
    const { url } = await serve(countingSchema().schema);
    const answers: unknown[] = [];
    for await (const answer of open(url, 'subscription { counter }')) answers.push(answer);
    expect(answers).toMatchObject([{ errors: [{ message: expect.stringContaining('Cannot query field') }] }]);
  });

  it('end at the subgraph when nobody listens any more', async () => {
    const { schema, ended } = countingSchema();
    const { url } = await serve(schema);
    const leaving = new AbortController();
    const answers = open(url, staying, leaving.signal)[Symbol.asyncIterator]();
    await answers.next();
    leaving.abort();
    await vi.waitFor(() => expect(ended).toHaveBeenCalled());
    await Promise.resolve(answers.return?.()).catch(() => {});
  });

  it('fail when the connection breaks off', async () => {
    const { url, breakOff } = await serve(countingSchema().schema);
    const answers = open(url, staying)[Symbol.asyncIterator]();
    await answers.next();
    breakOff();
    const rest = async () => {
      for (let next = await answers.next(); !next.done; next = await answers.next());
    };
    await expect(rest()).rejects.toThrow();
  });

  it('fail when nobody answers', async () => {
    const answers = open('http://localhost:9/graphql', query)[Symbol.asyncIterator]();
    await expect(answers.next()).rejects.toThrow();
  });
});

it.each([
  ['a page', 502, 'text/html', '<html>', 'expected a stream of events, found HTTP 502'],
  ['an event that is no answer', 200, 'text/event-stream', 'event: next\ndata: 1\n\n', 'a GraphQL answer'],
  ['a stream without its end', 200, 'text/event-stream', ':\n\n', 'broke off'],
])('a subgraph that answers with %s has failed', async (_, status, type, body, message) => {
  const { url } = await listening((_request, response) =>
    response.writeHead(status, { 'content-type': type }).end(body),
  );
  const answers = subscribeTo({ protocol: 'sse', url })(
    { query: '' },
    '',
    'r-1',
    new AbortController().signal,
  );
  await expect(answers[Symbol.asyncIterator]().next()).rejects.toThrow(message);
});
