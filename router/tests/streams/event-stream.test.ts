import { verifyContext } from '@stoa/identity';
import { createLogger } from '@stoa/telemetry';
import { createClient } from 'graphql-sse';
import { describe, expect, it, vi } from 'vitest';
import { contextSecret, maker } from '../start-router.ts';
import { startStreaming } from './start-streaming.ts';

const ticks = { query: 'subscription { ticked { number name } }' };
const first = 'event: next\ndata: {"data":{"ticked":{"number":1,"name":"tick 1"}}}\n\n';
const complete = 'event: complete\ndata:\n\n';

describe('a subscription by GraphQL over SSE', () => {
  it('answers each event from all subgraphs, and completes with its source', async () => {
    const { ask, subscription } = await startStreaming();
    const { response, text } = await ask(ticks);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const open = await subscription();
    open.tick(1);
    expect(await text.until(/next/)).toBe(first);
    open.tick(2);
    open.complete();
    expect(await text.end()).toBe(`${first}${first.replaceAll('1', '2')}${complete}`);
  });

  it('is read by the client graphql-sse', async () => {
    const { url, subscription } = await startStreaming();
    const client = createClient({ url });
    const events = client.iterate({
      query: 'subscription ($from: Int!) { ticked(from: $from) { name } }',
      variables: { from: 4 },
    });
    const next = events.next();
    const open = await subscription();
    expect(open.variables).toEqual({ from: 4 });
    open.tick(4);
    expect((await next).value).toEqual({ data: { ticked: { name: 'tick 4' } } });
    open.complete();
    expect((await events.next()).done).toBe(true);
    client.dispose();
  });

  it('passes the caller down, signed', async () => {
    const { ask, subscription } = await startStreaming();
    await ask(ticks, { authorization: `Bearer ${maker.token()}`, 'x-currency': 'USD' });
    expect(verifyContext((await subscription()).signedContext, contextSecret)).toMatchObject({
      viewer: { kind: 'user', id: 'u-1' },
      currency: 'USD',
    });
  });

  it('ends the subscription at the subgraph when the client goes away', async () => {
    const { ask, subscription } = await startStreaming();
    const { leave } = await ask(ticks);
    const open = await subscription();
    leave();
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
  });

  it('tells an error of an event with it, and one of the stream as its last', async () => {
    const logger = createLogger({ name: 'router', level: 'silent' });
    const logged = vi.spyOn(logger, 'error');
    const { ask, subscription } = await startStreaming({ environment: { NODE_ENV: 'production' }, logger });
    const { text } = await ask(ticks);
    const open = await subscription();
    open.send({ data: { ticked: null }, errors: [{ message: 'Late', extensions: { code: 'LATE' } }] });
    expect(await text.until(/next/)).toBe(
      'event: next\ndata: {"errors":[{"message":"Late","extensions":{"code":"LATE","serviceName":"clock"}}],"data":{"ticked":null}}\n\n',
    );
    open.fail(new Error('read ECONNRESET http://clock.internal'));
    const all = await text.end();
    expect(all).toContain('"code":"SUBSCRIPTION_LOST","serviceName":"clock"');
    expect(all).not.toMatch(/ECONNRESET|internal/);
    expect(all.endsWith(complete)).toBe(true);
    expect(logged).toHaveBeenCalledWith(expect.objectContaining({ event: 'subgraph.subscription-lost' }));
  });

  it('sends comments while nothing happens', async () => {
    const { ask } = await startStreaming({ environment: { STREAM_HEARTBEAT_MS: '10' } });
    expect(await (await ask(ticks)).text.until(/:/)).toMatch(/^(:\n\n)+$/);
  });

  it('ends with an error when the client reads too slowly, within a bound', async () => {
    const { ask, subscription } = await startStreaming({ environment: { STREAM_BUFFER: '3' } });
    const { text } = await ask(ticks);
    const open = await subscription();
    // More than sockets hold: 3,000 answers of some 100 kB, none of which is read.
    const big = { data: { ticked: null }, errors: [{ message: 'x'.repeat(100_000) }] };
    for (let sent = 0; sent < 3_000 && !open.isEnded(); sent += 1) {
      open.send(big);
      await new Promise(setImmediate);
    }
    expect(open.isEnded()).toBe(true);
    expect(await text.end()).toContain('"code":"STREAM_TOO_SLOW"');
  });

  it('ends when the access token expires', async () => {
    const { ask, subscription } = await startStreaming();
    const { text } = await ask(ticks, { authorization: `Bearer ${maker.token({}, { expiresIn: 2 })}` });
    const open = await subscription();
    expect(await text.end()).toContain('"code":"TOKEN_EXPIRED"');
    expect(open.isEnded()).toBe(true);
  });

  it('ends with an error and a complete when the router stops, which waits for that', async () => {
    const { ask, subscription, router } = await startStreaming();
    const { text } = await ask(ticks);
    const open = await subscription();
    const stopped = router.stop();
    const all = await text.end();
    expect(all).toContain('"code":"STREAM_ENDED_BY_STOP"');
    expect(all.endsWith(complete)).toBe(true);
    await stopped;
    expect(open.isEnded()).toBe(true);
  });

  it('is refused with 406 to a client that takes one answer alone', async () => {
    const { ask, graph } = await startStreaming();
    const { response } = await ask(ticks, { accept: 'application/json' });
    expect(response.status).toBe(406);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'STREAM_NOT_ACCEPTED' } }],
    });
    expect(graph.opened).toEqual([]);
  });

  it.each([
    ['a token that is not one', ticks, { authorization: 'Bearer x' }, 401, 'INVALID_TOKEN'],
    ['malformed JSON', '{', {}, 400, 'BAD_REQUEST'],
  ])('is refused for %s with an HTTP status', async (_, body, headers, status, code) => {
    const { url } = await startStreaming();
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers } as HeadersInit,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code } }] });
  });

  it('tells that an operation is not valid in an event, as a page reads no other body', async () => {
    const { ask } = await startStreaming();
    const { response, text } = await ask({ query: 'subscription { ticket { number } }' });
    expect(response.status).toBe(200);
    const all = await text.end();
    expect(all).toContain('"code":"GRAPHQL_VALIDATION_FAILED"');
    expect(all.endsWith(complete)).toBe(true);
  });

  it('hides the schema in production', async () => {
    const { ask } = await startStreaming({ environment: { NODE_ENV: 'production' } });
    const { text } = await ask({ query: '{ __schema { queryType { name } } }' });
    expect(await text.end()).toContain('introspection');
  });

  it('may also be a query, which is one event', async () => {
    const { ask } = await startStreaming();
    expect(await (await ask({ query: '{ now }' })).text.end()).toBe(
      `event: next\ndata: {"data":{"now":7}}\n\n${complete}`,
    );
  });
});

describe('a GET for events', () => {
  const get = async (query: string, headers: Record<string, string> = {}) => {
    const { url, graph } = await startStreaming();
    const response = await fetch(`${url}?${new URLSearchParams({ query, variables: '{"from":3}' })}`, {
      headers: { accept: 'text/event-stream', ...headers },
    });
    return { response, graph };
  };

  it('opens a subscription, as EventSource does, with a header that a browser asks about first', async () => {
    const { url, subscription } = await startStreaming();
    const query = 'subscription ($from: Int!) { ticked(from: $from) { number } }';
    const response = await fetch(`${url}?${new URLSearchParams({ query, variables: '{"from":3}' })}`, {
      headers: { accept: 'text/event-stream', 'apollo-require-preflight': 'yes' },
    });
    const open = await subscription();
    expect(open.variables).toEqual({ from: 3 });
    open.tick(3);
    open.complete();
    expect(await response.text()).toContain('data: {"data":{"ticked":{"number":3}}}');
  });

  it('is refused without such a header', async () => {
    const { response, graph } = await get('subscription { ticked { number } }');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'CSRF_PREVENTED' } }] });
    expect(graph.opened).toEqual([]);
  });

  it('runs no mutation', async () => {
    const { response } = await get('mutation { reset }', { 'apollo-require-preflight': 'yes' });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });
});

describe('the limits of streams', () => {
  it('are of a caller, and let go of what has ended', async () => {
    const { ask, subscription } = await startStreaming({ environment: { STREAMS_MAX_PER_CALLER: '2' } });
    await ask(ticks);
    const { leave } = await ask(ticks);
    const refused = await ask(ticks);
    expect(refused.response.status).toBe(429);
    expect(await refused.response.json()).toMatchObject({
      errors: [{ extensions: { code: 'TOO_MANY_STREAMS' } }],
    });
    const other = await ask(ticks, { authorization: `Bearer ${maker.token()}` });
    expect(other.response.status).toBe(200);
    const open = await subscription(1);
    leave();
    await vi.waitFor(() => expect(open.isEnded()).toBe(true));
    await vi.waitFor(async () => expect((await ask(ticks)).response.status).toBe(200));
  });

  it('are of the router as well', async () => {
    const { ask } = await startStreaming({ environment: { STREAMS_MAX: '1' } });
    await ask(ticks);
    expect((await ask(ticks, { authorization: `Bearer ${maker.token()}` })).response.status).toBe(503);
  });
});
