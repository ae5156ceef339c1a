import { buffered } from '@stoa/streams';
import { silentLogger } from '@stoa/telemetry';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createHttpServer, listen } from '../index.ts';
import { sendEventStream } from './event-stream.ts';
import { readEventStream, type ServerSentEvent } from './read-event-stream.ts';

/** Serves answers as events, and opens the connection to them. */
async function events(open: (ended: AbortSignal) => AsyncIterable<object>, heartbeatMs = 60_000) {
  const server = createHttpServer({ logger: silentLogger, bodyLimitBytes: 100, notReadyBecause: () => null });
  onTestFinished(() => server.close());
  server.get('/events', (_, reply) =>
    sendEventStream(
      reply,
      buffered({
        open,
        most: 100,
        stop: new AbortController().signal,
        overflow: () => new Error('too slow'),
      }),
      { heartbeatMs, failed: (error) => ({ errors: [{ message: (error as Error).message }] }) },
    ),
  );
  const leaving = new AbortController();
  const response = await fetch(`http://localhost:${new URL(await listen(server, 0)).port}/events`, {
    signal: leaving.signal,
  });
  return { response, leave: () => leaving.abort() };
}

async function read(chunks: AsyncIterable<Uint8Array>, longest = 1_000): Promise<ServerSentEvent[]> {
  const found: ServerSentEvent[] = [];
  for await (const event of readEventStream(chunks, longest)) found.push(event);
  return found;
}

async function* bytes(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text, 'latin1');
}

it('sends an event for each answer and one for the end', async () => {
  const { response } = await events(async function* () {
    yield { data: { n: 1 } };
    yield { data: { n: 'two\nlines' } };
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(await read(response.body as never)).toEqual([
    { event: 'next', data: '{"data":{"n":1}}' },
    { event: 'next', data: '{"data":{"n":"two\\nlines"}}' },
    { event: 'complete', data: '' },
  ]);
});

it('tells a failure as a last answer', async () => {
  const { response } = await events(async function* () {
    yield { data: 1 };
    throw new Error('lost');
  });
  expect((await read(response.body as never)).slice(1)).toEqual([
    { event: 'next', data: '{"errors":[{"message":"lost"}]}' },
    { event: 'complete', data: '' },
  ]);
});

it('sends heartbeats while there is nothing else, and ends its source when the client goes', async () => {
  const ended = vi.fn();
  const { response, leave } = await events(async function* (signal) {
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    ended();
    yield {};
  }, 1);
  const reader = response.body?.getReader();
  const first = await reader?.read();
  expect(Buffer.from(first?.value ?? []).toString()).toMatch(/^(:\n\n)+$/);
  leave();
  await vi.waitFor(() => expect(ended).toHaveBeenCalled());
});

it.each([
  ['line ends of every kind', ['data: 1\r\n\r\ndata: 2\r\rdata: 3\n\n'], ['1', '2', '3']],
  ['a line end that is cut in two', ['data: 1\r', '\n\r', '\ndata: 2\n\n'], ['1', '2']],
  ['a character that is cut in two', ['data: \xc3', '\xa4\n\n'], ['ä']],
  [
    'data in several lines, comments and unknown fields',
    [':x\ndata:a\nid: 7\ndata\ndata:  b\n\n'],
    ['a\n\n b'],
  ],
  ['no event without data, nor one that was not ended', ['event: next\n\ndata: 1'], []],
])('reads %s', async (_, texts, expected) => {
  expect((await read(bytes(...texts))).map(({ data }) => data)).toEqual(expected);
});

it.each([[['data: ', 'x'.repeat(20)]], [['data: 123456\ndata: 123456\n\n']]])(
  'refuses an event that is too long',
  async (texts) => {
    await expect(read(bytes(...texts), 10)).rejects.toThrow('at most 10 characters');
  },
);
