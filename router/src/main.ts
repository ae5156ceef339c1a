import { parseArgs } from 'node:util';
import { listen, stopOnSignal } from '@stoa/http';
import { createLogger } from '@stoa/telemetry';
import { disableGatewayTelemetry, processEnvironment, readRouterConfig } from './config.ts';

const usage = 'Usage: npm run router -- [--supergraph FILE] [--port N]';

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? `The router did not start: ${error.message}` : error);
  process.exit(1);
}

/** Runs the router on its own, over any supergraph. Options on the command line win over the environment. */
async function main(): Promise<void> {
  const { supergraph, port, help } = readArguments();
  if (help) {
    console.log(usage);
    return;
  }
  disableGatewayTelemetry();
  const [{ createRouter, fetchKeysFrom, followSupergraph, loadSupergraph, subgraphsOf }, { httpTransports }] =
    await Promise.all([import('./index.ts'), import('./gateway/http/http-transports.ts')]);
  const environment = {
    ...processEnvironment(),
    ...(supergraph && { SUPERGRAPH_FILE: supergraph }),
    ...(port && { PORT: port }),
  };
  const config = readRouterConfig(environment);
  const logger = createLogger({ name: 'router', level: config.logLevel });
  const supergraphSdl = loadSupergraph(config.supergraphFile);
  const router = await createRouter({
    config,
    supergraphSdl,
    supergraphUpdates: followSupergraph(config.supergraphFile, config.supergraphPollMs, logger),
    transportTo: httpTransports(environment, logger),
    fetchKeys: fetchKeysFrom(config.jwksUrl),
    logger,
  });
  await listen(router.server, config.port);
  stopOnSignal(() => router.stop(), logger);
  console.log(
    `The router answers at http://localhost:${config.port}/graphql, over ${subgraphsOf(supergraphSdl).join(', ')}`,
  );
}

function readArguments(): { supergraph?: string; port?: string; help?: boolean } {
  try {
    return parseArgs({
      options: { supergraph: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean' } },
    }).values;
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${usage}`);
  }
}
