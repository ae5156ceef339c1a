import { Failure } from '@stoa/errors';
import { openBroker, readBrokerSettings } from '@stoa/events';
import { createHttpServer, listen, stopOnSignal } from '@stoa/http';
import { contextHeader } from '@stoa/identity';
import { readRegistry } from '@stoa/registry';
import { createDirectory, grpcTransports } from '@stoa/rpc';
import { createLogger } from '@stoa/telemetry';
import { processEnvironment, readBaseConfig } from './config.ts';
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
  const { production, logLevel } = readBaseConfig(module.name, environment);
  const logger = createLogger({ name: module.name, level: logLevel });
  const brokerSettings = readBrokerSettings(module.name, environment);
  const isApart = module.hasEvents && brokerSettings.url === undefined;
  if (isApart && production) {
    throw new Failure(
      'bad-input',
      'Expected BROKER_URL, a RabbitMQ such as amqp://user:password@host:5672: in production the events of a service have to reach the others',
    );
  }
  const broker = module.hasEvents && !isApart ? await openBroker(brokerSettings, logger) : undefined;
  const subgraph = await module.create({
    environment,
    logger,
    broker,
    directory: (contextSecret) =>
      createDirectory({
        contextSecret,
        transportTo: grpcTransports((contract) => rpcAddressOf(contract, environment)),
      }),
  });
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
    await broker?.close();
  }, logger);

  const lines = [
    `${module.name} answers at http://localhost:${ports.http}/graphql${rpc === null ? '' : `, gRPC at localhost:${rpc.port}`}`,
  ];
  if (isApart) {
    lines.push('Its events wait in its outbox, and it gets none: set BROKER_URL to a RabbitMQ to send them');
  }
  if (!production) {
    lines.push(
      `Sandbox is there in a browser. To query by other means, send this header (good for a day, staff rights):`,
      `  ${contextHeader}: ${developmentContext(module.name, subgraph.config.contextSecret)}`,
    );
  }
  console.log(lines.join('\n'));
}
