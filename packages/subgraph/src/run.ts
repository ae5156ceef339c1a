import { createHttpServer, listen, stopOnSignal } from '@stoa/http';
import { contextHeader } from '@stoa/identity';
import { readRegistry } from '@stoa/registry';
import { createDirectory, grpcTransports } from '@stoa/rpc';
import { createLogger } from '@stoa/telemetry';
import { processEnvironment } from './config.ts';
import type { SubgraphModule } from './define-subgraph.ts';
import { developmentContext } from './development-context.ts';
import { readPorts, rpcAddressOf } from './ports.config.ts';

/**
 * Runs a subgraph as a process of its own: GraphQL over HTTP, its rpc over gRPC, health, and a
 * drain at SIGTERM. Ends the process with a message when it cannot start.
 */
export async function run(module: SubgraphModule): Promise<void> {
  try {
    await start(module);
  } catch (error) {
    console.error(error instanceof Error ? `${module.name} did not start: ${error.message}` : error);
    process.exit(1);
  }
}

async function start(module: SubgraphModule): Promise<void> {
  const environment = processEnvironment();
  const entry = readRegistry().subgraphs.find(({ name }) => name === module.name);
  const ports = readPorts(module, entry?.routingUrl, environment);
  const subgraph = await module.create({
    environment,
    directory: (contextSecret) =>
      createDirectory({
        contextSecret,
        transportTo: grpcTransports((contract) => rpcAddressOf(contract, environment)),
      }),
  });
  const logger = createLogger({ name: module.name, level: subgraph.config.logLevel });
  const server = createHttpServer({
    logger,
    bodyLimitBytes: subgraph.config.bodyLimitBytes,
    notReadyBecause: () => subgraph.notReadyBecause(),
  });
  await subgraph.addRoutes(server);
  const rpc = ports.rpc === null ? null : await subgraph.serveRpc(ports.rpc);
  await listen(server, ports.http);
  subgraph.startWork();

  stopOnSignal(async () => {
    await server.close();
    await rpc?.stop();
    await subgraph.stop();
  }, logger);

  const lines = [
    `${module.name} answers at http://localhost:${ports.http}/graphql${rpc === null ? '' : `, gRPC at localhost:${rpc.port}`}`,
  ];
  if (!subgraph.config.production) {
    lines.push(
      `Sandbox is there in a browser. To query by other means, send this header (good for a day, staff rights):`,
      `  ${contextHeader}: ${developmentContext(module.name, subgraph.config.contextSecret)}`,
    );
  }
  console.log(lines.join('\n'));
}
