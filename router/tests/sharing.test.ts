import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { copyJson } from '../src/engine/copy-json.ts';
import { inFlight, inFlightOfOne } from '../src/gateway/share-in-flight.ts';
import { goneSignal } from '../src/identity/gone-signal.ts';
import type { SubgraphTransport } from '../src/index.ts';
import { maker, startRouter } from './start-router.ts';

/** Holds requests to subgraphs back until it is opened. */
function gate() {
  let open: () => void = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived: () => void = () => {};
  const first = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  return {
    open,
    first,
    through: (_: string, transport: SubgraphTransport): SubgraphTransport => ({
      async send(...request) {
        arrived();
        await opened;
        return transport.send(...request);
      },
    }),
  };
}

const both = '{ book(id: "1") { title price } }';
const answered = { data: { book: { title: 'Book 1', price: 5 } } };
/** Lets requests that were sent come as far as the subgraphs. */
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
};

describe('equal queries to a subgraph that are under way', () => {
  it('are asked once, and each asker has an answer of its own', async () => {
    const held = gate();
    const { post, graph } = await startRouter({ through: held.through });
    const sent = ['a', 'b', 'c'].map((id) => post({ query: both }, { 'x-request-id': id }));
    await settle();
    held.open();
    for (const { body } of await Promise.all(sent)) expect(body).toEqual(answered);
    expect(graph.sent.map(({ subgraph }) => subgraph)).toEqual(['books', 'prices']);
  });

  it.each([
    ['another user', { authorization: `Bearer ${maker.token({ sub: 'u-2' })}` }],
    ['a guest', {}],
    ['another session', { authorization: `Bearer ${maker.token({ sid: 's-2' })}` }],
    ['other rights', { authorization: `Bearer ${maker.token({ roles: ['ADMIN'] })}` }],
    ['another currency', { authorization: `Bearer ${maker.token()}`, 'x-currency': 'USD' }],
    ['another channel', { authorization: `Bearer ${maker.token()}`, 'x-channel': 'outlet' }],
    ['another language', { authorization: `Bearer ${maker.token()}`, 'accept-language': 'fr' }],
  ])('are asked apart for %s', async (_, headers) => {
    const held = gate();
    const { post, graph } = await startRouter({ through: held.through });
    const sent = [
      post({ query: both }, { authorization: `Bearer ${maker.token()}` }),
      post({ query: both }, headers as Record<string, string>),
    ];
    await settle();
    held.open();
    await Promise.all(sent);
    expect(graph.sent.filter(({ subgraph }) => subgraph === 'books')).toHaveLength(2);
  });

  it('are asked apart when they differ in a variable, when they are mutations, and when sharing is off', async () => {
    const query = 'query ($id: ID!) { book(id: $id) { title } }';
    const cases: [unknown, unknown, string][] = [
      [{ query, variables: { id: '1' } }, { query, variables: { id: '2' } }, 'true'],
      [
        { query: 'mutation { rename(id: "1", title: "x") { title } }' },
        { query: 'mutation { rename(id: "1", title: "x") { title } }' },
        'true',
      ],
      [{ query: both }, { query: both }, 'false'],
    ];
    for (const [first, second, sharing] of cases) {
      const held = gate();
      const { post, graph } = await startRouter({
        through: held.through,
        environment: { SHARE_SUBGRAPH_QUERIES: sharing },
      });
      const sent = [post(first), post(second)];
      await settle();
      held.open();
      await Promise.all(sent);
      expect(graph.sent.filter(({ subgraph }) => subgraph === 'books')).toHaveLength(2);
    }
  });

  it('are joined by whoever asks the same before a subgraph has answered, and after that one by one', async () => {
    const held = gate();
    const { post, graph } = await startRouter({
      through: (name, transport) => (name === 'prices' ? held.through(name, transport) : transport),
    });
    const first = post({ query: both });
    await held.first;
    const late = post({ query: both });
    await settle();
    held.open();
    for (const { body } of await Promise.all([first, late])) expect(body).toEqual(answered);
    expect(graph.sent.map(({ subgraph }) => subgraph)).toEqual(['books', 'books', 'prices']);
  });

  it('are asked again once the answer has come', async () => {
    const { post, graph } = await startRouter();
    await post({ query: both });
    await post({ query: both });
    expect(graph.sent).toHaveLength(4);
  });
});

describe('equal queries of clients that are under way', () => {
  const on = { SHARE_CLIENT_QUERIES: 'true', SHARE_SUBGRAPH_QUERIES: 'false' };

  it.each([
    ['are answered once where it is set', on, 1],
    ['are answered each by itself unless it is set', { SHARE_SUBGRAPH_QUERIES: 'false' }, 3],
  ])('%s', async (_, environment, times) => {
    const held = gate();
    const { post, graph } = await startRouter({ through: held.through, environment });
    const sent = [both, both, `{\n  book(id: "1") { ...b }\n} fragment b on Book { title price }`].map(
      (query) => post({ query: query.replaceAll('\n', ' ') }),
    );
    await settle();
    held.open();
    for (const { body } of await Promise.all(sent)) expect(body).toEqual(answered);
    // The third says the same in another way, and is another operation.
    expect(graph.sent.filter(({ subgraph }) => subgraph === 'books')).toHaveLength(times === 1 ? 2 : 3);
  });

  it('are answered apart for different callers and variables, and mutations always', async () => {
    const held = gate();
    const { post, graph } = await startRouter({ through: held.through, environment: on });
    const query = 'query ($id: ID!) { book(id: $id) { title } }';
    const mutation = { query: 'mutation { rename(id: "1", title: "x") { title } }' };
    const sent = [
      post({ query, variables: { id: '1' } }),
      post({ query, variables: { id: '1' } }, { authorization: `Bearer ${maker.token()}` }),
      post({ query, variables: { id: '2' } }),
      post(mutation),
      post(mutation),
    ];
    await settle();
    held.open();
    await Promise.all(sent);
    expect(graph.sent).toHaveLength(5);
  });
});

describe('what is asked after a mutation was answered', () => {
  it.each([
    ['subgraph', {}],
    ['client', { SHARE_CLIENT_QUERIES: 'true' }],
  ])('joins no query of a %s that was asked before it', async (_, environment) => {
    const held = gate();
    const { post, graph } = await startRouter({
      environment,
      through: (name, transport) => ({
        send: (request, ...rest) =>
          request.query.startsWith('mutation')
            ? transport.send(request, ...rest)
            : held.through(name, transport).send(request, ...rest),
      }),
    });
    const before = post({ query: both });
    await held.first;
    await post({ query: 'mutation { rename(id: "1", title: "x") { id } }' });
    const after = post({ query: both });
    await settle();
    held.open();
    await Promise.all([before, after]);
    expect(graph.sent.filter(({ query }) => query.includes('book('))).toHaveLength(2);
  });
});

describe('what others ask after a mutation was answered', () => {
  it('joins what they asked before it, as ever', async () => {
    const held = gate();
    const { post, graph } = await startRouter({
      through: (name, transport) => ({
        send: (request, ...rest) =>
          request.query.startsWith('mutation')
            ? transport.send(request, ...rest)
            : held.through(name, transport).send(request, ...rest),
      }),
    });
    const before = post({ query: both });
    await held.first;
    await post(
      { query: 'mutation { rename(id: "1", title: "x") { id } }' },
      { authorization: `Bearer ${maker.token()}` },
    );
    const after = post({ query: both });
    await settle();
    held.open();
    await Promise.all([before, after]);
    expect(graph.sent.filter(({ query }) => query.includes('book('))).toHaveLength(1);
  });
});

describe('work that is shared', () => {
  it('goes on while one of those who wait is left, and is given up with the last', async () => {
    const shared = inFlight<string>();
    const [one, two] = [new AbortController(), new AbortController()];
    let given: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      given = signal;
      return new Promise<string>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('given up'))),
      );
    };
    const waiting = [
      shared.join('me', 'k', () => '', work, one.signal),
      shared.join('me', 'k', () => '', work, two.signal),
    ];
    one.abort();
    expect(given?.aborted).toBe(false);
    two.abort();
    expect(given?.aborted).toBe(true);
    for (const one of waiting) await expect(one).rejects.toThrow('given up');
  });

  it('may be many requests at once, each of which listens whether it is given up', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error) => warnings.push(warning);
    process.on('warning', warned);
    const listen = (signal: AbortSignal) => {
      for (let request = 0; request < 20; request += 1) signal.addEventListener('abort', () => {});
    };
    listen(goneSignal(new ServerResponse(new IncomingMessage(new Socket()))));
    await inFlight<void>().join(
      'me',
      'k',
      () => '',
      async (signal) => listen(signal),
      undefined,
    );
    await settle();
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });

  it('is not joined once it is being given up', async () => {
    const shared = inFlight<number>();
    const gone = new AbortController();
    const first = shared.join(
      'me',
      'k',
      () => '',
      () => new Promise((_, reject) => setImmediate(reject, new Error('late'))),
      gone.signal,
    );
    gone.abort();
    await expect(
      shared.join(
        'me',
        'k',
        () => '',
        async () => 2,
        undefined,
      ),
    ).resolves.toBe(2);
    await expect(first).rejects.toThrow('late');
  });

  it('fails for all who wait, and is done anew for the next', async () => {
    const shared = inFlight<number>();
    const fail = async () => {
      throw new Error('no');
    };
    const waiting = [
      shared.join('me', 'k', () => '', fail, undefined),
      shared.join('me', 'k', () => '', fail, undefined),
    ];
    for (const one of waiting) await expect(one).rejects.toThrow('no');
    await expect(
      shared.join(
        'me',
        'k',
        () => '',
        async () => 1,
        undefined,
      ),
    ).resolves.toBe(1);
  });

  it('is joined by what is of the same kind and the same in all else, among all and within one request', async () => {
    for (const shared of [inFlight<number>(), inFlightOfOne<number>()]) {
      let done = 0;
      const work = async () => {
        await settle();
        done += 1;
        return done;
      };
      const join = (kind: string, more: string) => shared.join('me', kind, () => more, work, undefined);
      expect(await Promise.all([join('k', 'a'), join('k', 'b'), join('l', 'a'), join('k', 'a')])).toEqual([
        1, 2, 3, 1,
      ]);
      expect(await join('k', 'a')).toBe(4);
    }
  });

  it('is told apart at no cost within one request, where nothing of its kind is under way', async () => {
    const shared = inFlightOfOne<number>();
    const more = () => {
      throw new Error('It is costly');
    };
    const both = [
      shared.join('me', 'k', more, async () => 1, undefined),
      shared.join('me', 'l', more, async () => 2, undefined),
    ];
    expect(await Promise.all(both)).toEqual([1, 2]);
  });

  it('is copied to the last object, whatever its names', () => {
    const value = JSON.parse('{"a":[{"b":[1,null,"x",true]}],"__proto__":{"c":{}},"constructor":1}');
    const copy = copyJson(value);
    expect(copy).toEqual(value);
    expect(copy.a[0].b).not.toBe(value.a[0].b);
    expect(Object.keys(copy)).toEqual(['a', '__proto__', 'constructor']);
  });
});
