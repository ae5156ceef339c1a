import { freePort, type Started, startOnCore } from '../start.ts';
import type { GatewayUnderTest } from './gateways.ts';

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
