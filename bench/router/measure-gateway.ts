import type { GatewayUnderTest } from './gateways.ts';
import { type LoadFigures, load } from './load.ts';
import { type Used, used } from './process-tree.ts';
import { freePort, type Started, startOnCore } from './start.ts';

export interface Measured {
  readonly figures: LoadFigures;
  /** Of processor time, for one request. */
  readonly cpuMs: number;
  readonly used: Used;
}

/** Starts a gateway on core 0, does something with it, and stops it. */
export async function withGateway<Value>(
  gateway: GatewayUnderTest,
  supergraphFile: string,
  environment: Readonly<Record<string, string>>,
  work: (port: number, started: Started) => Promise<Value>,
): Promise<Value> {
  const port = await freePort();
  const started = startOnCore(0, gateway.command(supergraphFile, port), {
    environment: { ...environment, ...gateway.environment },
    folder: gateway.folder,
  });
  try {
    return await work(port, started);
  } finally {
    await started.stop();
  }
}

/** Loads a gateway that is warm by then, and says what it took. */
export async function measure(
  { pid }: Started,
  options: Omit<Parameters<typeof load>[0], 'path'> & { readonly warmSeconds: number },
): Promise<Measured> {
  const { warmSeconds, ...rest } = options;
  await load({ ...rest, path: '/graphql', seconds: warmSeconds });
  const before = used(pid);
  const figures = await load({ ...rest, path: '/graphql' });
  const after = used(pid);
  return { figures, cpuMs: (after.cpuMs - before.cpuMs) / figures.requests, used: after };
}
