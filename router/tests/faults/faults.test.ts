import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { circuitBreaker } from '../../src/gateway/http/circuit-breaker.ts';
import { listening, type Misbehave, overHttp, well } from './over-http.ts';

const json = { 'content-type': 'application/json' };
const answer =
  (status: number, body: string, headers: Record<string, string> = json): Misbehave =>
  (response) =>
    response.writeHead(status, headers).end(body);
const never: Misbehave = () => {};
const quick = { PRICES_TIMEOUT_MS: '100', SUBGRAPH_RETRIES: '0' };

describe('a subgraph that fails over HTTP', () => {
  it.each<[string, Misbehave, Record<string, string>, string]>([
    ['breaks the connection off', (response) => response.destroy(), {}, 'SUBGRAPH_UNAVAILABLE'],
    ['never answers', never, quick, 'SUBGRAPH_TIMEOUT'],
    [
      'stops in the middle of its body',
      (response, text) => response.writeHead(200, json).write(text.slice(0, 10)),
      quick,
      'SUBGRAPH_TIMEOUT',
    ],
    [
      'closes in the middle of its body',
      (response, text) => {
        response.writeHead(200, { ...json, 'content-length': text.length });
        response.write(text.slice(0, 10), () => response.destroy());
      },
      {},
      'SUBGRAPH_UNAVAILABLE',
    ],
    [
      'answers 500',
      answer(500, 'Error: at /srv/secret.js:1', { 'content-type': 'text/plain' }),
      {},
      'SUBGRAPH_UNAVAILABLE',
    ],
    [
      'answers 503 and goes on to',
      answer(503, '{"errors":[{"message":"busy"}]}'),
      {},
      'SUBGRAPH_UNAVAILABLE',
    ],
    [
      'answers a page',
      answer(200, '<html></html>', { 'content-type': 'text/html' }),
      {},
      'SUBGRAPH_MALFORMED',
    ],
    ['answers JSON that is not GraphQL', answer(200, '{"ok":true}'), {}, 'SUBGRAPH_MALFORMED'],
    [
      'answers more than the limit',
      answer(200, `{"data":{"_entities":["${'x'.repeat(5_000)}"]}}`),
      { PRICES_ANSWER_LIMIT_BYTES: '2000' },
      'SUBGRAPH_ANSWER_TOO_LARGE',
    ],
    [
      'answers more than the limit once decompressed',
      (response) =>
        response
          .writeHead(200, { ...json, 'content-encoding': 'gzip' })
          .end(gzipSync(`{"data":{"_entities":["${'x'.repeat(50_000)}"]}}`)),
      { PRICES_ANSWER_LIMIT_BYTES: '2000' },
      'SUBGRAPH_ANSWER_TOO_LARGE',
    ],
    [
      'answers what is not gzip',
      answer(200, 'nonsense', { ...json, 'content-encoding': 'gzip' }),
      {},
      'SUBGRAPH_MALFORMED',
    ],
    ['answers too few entities', answer(200, '{"data":{"_entities":[]}}'), {}, 'SUBGRAPH_MALFORMED'],
    ['redirects', answer(302, '', { location: 'http://127.0.0.1:9/elsewhere' }), {}, 'SUBGRAPH_UNAVAILABLE'],
  ])(
    'that %s leaves the rest of the answer, and an error without its address',
    async (_, behaviour, settings, code) => {
      const { post } = await overHttp(behaviour, settings);
      const { status, body } = await post('{ book(id: "1") { title price } }');
      expect(status).toBe(200);
      expect(body.data).toEqual({ book: { title: 'Book 1', price: null } });
      expect(body.errors).toEqual([
        {
          message: expect.stringMatching(/^The subgraph prices /),
          path: ['book'],
          extensions: { code, serviceName: 'prices' },
        },
      ]);
      expect(JSON.stringify(body)).not.toMatch(/127\.0\.0\.1|localhost|secret|\.ts|\.js|ECONN|node:/);
    },
  );

  it('and is down when the router starts is asked again when it is back', async () => {
    const { post } = await overHttp(well, {
      PRICES_URL: 'http://127.0.0.1:1/graphql',
      SUBGRAPH_RETRIES: '0',
    });
    const { body } = await post('{ book(id: "1") { title price } }');
    expect(body.data).toEqual({ book: { title: 'Book 1', price: null } });
    expect(body.errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'prices' });
  });

  it('is in the log with its address and the reason', async () => {
    const { post, logged } = await overHttp((response) => response.destroy(), { SUBGRAPH_RETRIES: '0' });
    await post('{ book(id: "1") { price } }');
    expect(logged).toContainEqual(
      expect.objectContaining({
        event: 'subgraph.unavailable',
        subgraph: 'prices',
        reason: 'connection',
        err: expect.objectContaining({ message: expect.stringContaining('127.0.0.1') }),
      }),
    );
  });
});

describe('asking again', () => {
  it.each<[string, Misbehave, Record<string, string>]>([
    ['whose connection broke off', (response) => response.destroy(), {}],
    ['that was answered 502', answer(502, 'Bad Gateway'), {}],
    ['that was not answered in time', never, { PRICES_TIMEOUT_MS: '1000' }],
  ])('a query %s may be answered', async (_, behaviour, settings) => {
    const subgraph = await overHttp((...given) => {
      subgraph.misbehave(well);
      behaviour(...given);
    }, settings);
    const { body } = await subgraph.post('{ book(id: "1") { price } }');
    expect(body).toEqual({ data: { book: { price: 5 } } });
    expect(subgraph.asked).toHaveLength(2);
  });

  it('ends after the set number of repetitions', async () => {
    const { post, asked } = await overHttp((response) => response.destroy(), { SUBGRAPH_RETRIES: '3' });
    await post('{ book(id: "1") { price } }');
    expect(asked).toHaveLength(4);
  });

  it.each<[string, Misbehave]>([
    [
      'half an answer',
      (response, text) => response.writeHead(200, json).write(text.slice(0, 9), () => response.destroy()),
    ],
    ['500', answer(500, '')],
    ['nonsense', answer(200, 'nonsense')],
  ])('does not happen after %s', async (_, behaviour) => {
    const { post, asked } = await overHttp(behaviour);
    await post('{ book(id: "1") { price } }');
    expect(asked).toHaveLength(1);
  });

  it('never happens to a mutation', async () => {
    let renamed = 0;
    const books = await listening((_, response) => {
      renamed += 1;
      response.destroy();
    });
    const { post } = await overHttp(well, { BOOKS_URL: books });
    const { body } = await post('mutation { rename(id: "1", title: "x") { title } }');
    expect(body.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    expect(renamed).toBe(1);
  });
});

describe('the circuit breaker', () => {
  const failing = { SUBGRAPH_RETRIES: '0', PRICES_BREAKER_FAILURES: '3', PRICES_BREAKER_PAUSE_MS: '600000' };

  it('keeps requests from a subgraph after failures one after another, and the rest of the answer arrives', async () => {
    const { post, asked, logged } = await overHttp((response) => response.destroy(), failing);
    for (let request = 0; request < 6; request += 1) {
      const { body } = await post('{ book(id: "1") { title price } }');
      expect(body.data).toEqual({ book: { title: 'Book 1', price: null } });
      expect(body.errors?.[0]?.extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'prices' });
    }
    expect(asked).toHaveLength(3);
    expect(logged).toContainEqual({ event: 'subgraph.breaker-open', subgraph: 'prices' });
  });

  it('closes when a probe after its pause is answered', async () => {
    const subgraph = await overHttp((response) => response.destroy(), {
      ...failing,
      PRICES_BREAKER_PAUSE_MS: '1',
    });
    for (let request = 0; request < 3; request += 1) await subgraph.post('{ book(id: "1") { price } }');
    subgraph.misbehave(well);
    await vi.waitFor(async () =>
      expect((await subgraph.post('{ book(id: "1") { price } }')).body).toEqual({
        data: { book: { price: 5 } },
      }),
    );
    expect(subgraph.logged).toContainEqual({ event: 'subgraph.breaker-closed', subgraph: 'prices' });
  });

  it('lets one probe through at a time, and opens anew when it fails', () => {
    let now = 0;
    const states: string[] = [];
    const breaker = circuitBreaker({
      failures: 2,
      pauseMs: 100,
      onChange: (state) => states.push(state),
      now: () => now,
    });
    breaker.failed();
    breaker.succeeded();
    breaker.failed();
    expect(breaker.mayAsk()).toBe(true);
    breaker.failed();
    expect(breaker.mayAsk()).toBe(false);
    now = 100;
    expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, false]);
    breaker.failed();
    expect(breaker.mayAsk()).toBe(false);
    now = 200;
    expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, false]);
    // The probe's client went away: another may try.
    breaker.untold();
    expect(breaker.mayAsk()).toBe(true);
    breaker.succeeded();
    expect([breaker.mayAsk(), breaker.mayAsk()]).toEqual([true, true]);
    expect(states).toEqual(['open', 'closed']);
  });

  it('stays closed for answers that are only wrong', async () => {
    const { post, asked } = await overHttp(answer(200, 'nonsense'), failing);
    for (let request = 0; request < 5; request += 1) await post('{ book(id: "1") { price } }');
    expect(asked).toHaveLength(5);
  });
});

describe('the way to a subgraph', () => {
  it.each([
    ['a quote', '"'],
    ['a backslash', '\\'],
    ['a line break', '\n'],
    ['half a surrogate pair', '\ud83d'],
    ['other alphabets', 'Grüße, 日本 😀'],
  ])('brings %s in a text through', async (_, title) => {
    const books = await listening((_, response) =>
      response
        .writeHead(200, json)
        .end(JSON.stringify({ data: { book: { __typename: 'Book', id: '1', title } } })),
    );
    const { post } = await overHttp(well, { BOOKS_URL: books });
    expect((await post('{ book(id: "1") { title price } }')).body).toEqual({
      data: { book: { title, price: 5 } },
    });
  });

  it.each<[string, string, (text: string) => string | Buffer]>([
    ['gzip', 'gzip', (text) => gzipSync(text)],
    ['deflate', 'deflate', (text) => deflateSync(text)],
    ['deflate without its header', 'deflate', (text) => deflateRawSync(text)],
    ['br', 'br', (text) => brotliCompressSync(text)],
    ['identity', 'identity', (text) => text],
  ])('reads an answer in %s', async (_, coding, compress) => {
    const { post, asked } = await overHttp((response, text) =>
      response.writeHead(200, { ...json, 'content-encoding': coding }).end(compress(text)),
    );
    expect((await post('{ book(id: "1") { price } }')).body).toEqual({ data: { book: { price: 5 } } });
    expect(asked[0]?.headers['accept-encoding']).toBe('gzip, deflate, br');
  });

  it('keeps its connection, and opens no more than it may', async () => {
    const sockets = new Set<unknown>();
    const { post } = await overHttp(
      (response, text, request) => {
        sockets.add(request.socket);
        well(response, text, request);
      },
      { PRICES_CONNECTIONS: '2' },
    );
    await Promise.all(Array.from({ length: 20 }, () => post('{ book(id: "1") { price } }')));
    expect(sockets.size).toBeLessThanOrEqual(2);
  });

  it('is given up when the client goes away', async () => {
    const gone = new AbortController();
    let closed: () => void = () => {};
    const isClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { post, logged } = await overHttp((response) => {
      response.once('close', closed);
      gone.abort();
    });
    await expect(post('{ book(id: "1") { price } }', gone.signal)).rejects.toThrow('aborted');
    await isClosed;
    expect(logged).not.toContainEqual(expect.objectContaining({ event: 'subgraph.unavailable' }));
  });
});
