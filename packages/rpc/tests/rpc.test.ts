import { createClient } from '@connectrpc/connect';
import { catalogRpc } from '@stoa/catalog/rpc';
import { Failure } from '@stoa/errors';
import { type CallContext, contextHeader, guest } from '@stoa/identity';
import { silentLogger } from '@stoa/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import {
  createDirectory,
  grpcTransports,
  implementRpc,
  localServices,
  type RpcDirectory,
  type RpcHandlers,
  serveRpc,
} from '../src/index.ts';

const secret = 'the context secret of these tests, long enough';
const call: CallContext = {
  viewer: guest,
  requestId: 'r-1',
  channel: 'default',
  currency: 'EUR',
  locale: 'de',
};

type Handlers = RpcHandlers<typeof catalogRpc.service, CallContext>;
const environment = {
  contextSecret: secret,
  logger: silentLogger,
  newContext: (context: CallContext) => context,
};
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

/** A catalog in the same process. */
async function inProcess(handlers: Handlers, timeoutMs?: number): Promise<RpcDirectory> {
  const services = localServices();
  services.add(implementRpc<typeof catalogRpc.service, CallContext>(catalogRpc, handlers), environment);
  return createDirectory({ contextSecret: secret, transportTo: services.transportTo, timeoutMs });
}

/** A catalog behind a gRPC server of its own. */
async function overGrpc(handlers: Handlers, timeoutMs?: number): Promise<RpcDirectory> {
  const server = await serveRpc(
    implementRpc<typeof catalogRpc.service, CallContext>(catalogRpc, handlers),
    environment,
    0,
  );
  open.push(() => server.stop());
  return createDirectory({
    contextSecret: secret,
    transportTo: grpcTransports(() => `http://localhost:${server.port}`),
    timeoutMs,
  });
}

describe.each([
  ['in one process', inProcess],
  ['over gRPC', overGrpc],
])('a call %s', (_, connect) => {
  it('carries the request, the answer, and who asks', async () => {
    const seen: CallContext[] = [];
    const directory = await connect({
      getVariants: async ({ variantIds, locale }, context) => {
        seen.push(context);
        return { variants: variantIds.map((id) => ({ id, sku: `SKU-${id}`, name: locale })) };
      },
    });
    const { variants } = await directory
      .client(catalogRpc, call)
      .getVariants({ variantIds: ['a', 'b'], locale: 'de' });
    expect(variants.map(({ sku, name }) => [sku, name])).toEqual([
      ['SKU-a', 'de'],
      ['SKU-b', 'de'],
    ]);
    expect(seen).toEqual([call]);
  });

  it('brings a failure back as it was thrown', async () => {
    const directory = await connect({
      getVariants: async () => {
        throw new Failure('conflict', 'Somebody was faster', { code: 'STALE' });
      },
    });
    await expect(directory.client(catalogRpc, call).getVariants({})).rejects.toMatchObject({
      kind: 'conflict',
      code: 'STALE',
      message: 'catalog: Somebody was faster',
    });
  });

  it('tells nothing of an error that nobody expected', async () => {
    const directory = await connect({
      getVariants: async () => {
        throw new Error('secret detail');
      },
    });
    const answer = directory.client(catalogRpc, call).getVariants({});
    await expect(answer).rejects.toMatchObject({
      kind: 'internal',
      message: expect.not.stringContaining('secret'),
    });
  });

  it('gives up at its deadline', async () => {
    const directory = await connect({ getVariants: () => new Promise(() => {}) });
    const answer = directory.client(catalogRpc, call).getVariants({}, { timeoutMs: 50 });
    await expect(answer).rejects.toMatchObject({ kind: 'unavailable', code: 'DEADLINE_EXCEEDED' });
  });

  it('repeats what has no side effects when the service is away for a moment', async () => {
    let calls = 0;
    const directory = await connect({
      getVariants: async () => {
        calls += 1;
        if (calls < 3) throw new Failure('unavailable', 'starting');
        return { variants: [] };
      },
    });
    expect((await directory.client(catalogRpc, call).getVariants({})).variants).toEqual([]);
    expect(calls).toBe(3);
  });
});

describe('a call that has no valid context', () => {
  it('is refused before the handler runs', async () => {
    let calls = 0;
    const server = await serveRpc(
      implementRpc(catalogRpc, {
        getVariants: async () => {
          calls += 1;
          return {};
        },
      }),
      environment,
      0,
    );
    open.push(() => server.stop());
    const client = createClient(
      catalogRpc.service,
      grpcTransports(() => `http://localhost:${server.port}`)(catalogRpc),
    );
    for (const headers of [new Headers(), new Headers({ [contextHeader]: 'forged' })]) {
      await expect(client.getVariants({}, { headers })).rejects.toThrow(
        /Expected a (signed|valid) x-stoa-context header/,
      );
    }
    expect(calls).toBe(0);
  });

  it('says that a service which is not there is unavailable', async () => {
    const directory = createDirectory({
      contextSecret: secret,
      transportTo: grpcTransports(() => 'http://localhost:1'),
    });
    await expect(directory.client(catalogRpc, call).getVariants({})).rejects.toMatchObject({
      kind: 'unavailable',
    });
    const alone = createDirectory({ contextSecret: secret, transportTo: localServices().transportTo });
    await expect(alone.client(catalogRpc, call).getVariants({})).rejects.toThrow(
      'catalog does not run in this process',
    );
  });
});
