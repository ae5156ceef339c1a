import type { Clock, NewId } from '@stoa/clock';
import type { Environment } from '@stoa/config';
import { Failure } from '@stoa/errors';
import { type Broker, openBroker, readBrokerSettings } from '@stoa/events';
import type { Registry } from '@stoa/registry';
import {
  createRouter,
  loadSupergraph,
  type Router,
  readRouterConfig,
  type SubgraphTransport,
  subgraphsOf,
} from '@stoa/router';
import { createDirectory, localServices } from '@stoa/rpc';
import type { Subgraph } from '@stoa/subgraph';
import { createLogger, type Logger } from '@stoa/telemetry';
import { environmentOf } from './config.ts';
import { loadModules } from './load-modules.ts';

export interface ShopOptions {
  registry: Registry;
  environment: Environment;
  /** Told the name of each subgraph when it is open, for progress. */
  onOpened?: (name: string) => void;
  clock?: Clock;
  newId?: NewId;
  logger?: Logger;
  /** Left out, RabbitMQ where BROKER_URL names one, else one in memory. */
  broker?: Broker;
}

/** The whole shop in this process. */
export interface Shop {
  readonly router: Router;
  readonly subgraphs: readonly Subgraph[];
  /** Answers what is under way and closes the databases. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Opens every subgraph of the registry and the router over them, in one process: the router calls a
 * subgraph as a function, services reach each other without a network, and events go from database to database unless
 * BROKER_URL names a RabbitMQ.
 * @throws {Failure} when the supergraph was composed of other subgraphs than the registry lists
 */
export async function createShop({
  registry,
  environment,
  onOpened,
  clock,
  newId,
  logger,
  broker: given,
}: ShopOptions): Promise<Shop> {
  // The more requests are under way in this process, the more read together (docs/adr/0023): they are not bounded unless told.
  const config = readRouterConfig({ ROUTER_OPERATIONS_AT_ONCE: '0', ...environment });
  const supergraphSdl = loadSupergraph(config.supergraphFile);
  assertComposedOf(registry, supergraphSdl);

  const services = localServices();
  const directory = (contextSecret: string) =>
    createDirectory({ contextSecret, transportTo: services.transportTo });
  const broker =
    given ??
    (await openBroker(
      readBrokerSettings('the host', environment),
      logger ?? createLogger({ name: 'broker', level: config.logLevel }),
    ));
  const subgraphs: Subgraph[] = [];
  try {
    // Each opens its database while the others make their schemas; all are waited for, so that none is left open behind a failure.
    const opened = await Promise.allSettled(
      (await loadModules(registry)).map(async (module) => {
        const subgraph = await module.create({
          environment: {
            ...environmentOf(module.name, environment),
            STOA_CONTEXT_SECRET: config.contextSecret,
          },
          directory,
          clock,
          newId,
          logger,
          broker,
        });
        onOpened?.(module.name);
        return subgraph;
      }),
    );
    for (const outcome of opened) if (outcome.status === 'fulfilled') subgraphs.push(outcome.value);
    for (const outcome of opened) if (outcome.status === 'rejected') throw outcome.reason;
    for (const subgraph of subgraphs) subgraph.joinServices(services);
    const router = await createRouter({
      config,
      supergraphSdl,
      transportTo: (name) => localTransport(name, subgraphs),
      fetchKeys: async () => (await router.server.inject(new URL(config.jwksUrl).pathname)).json(),
      logger,
    });
    for (const subgraph of subgraphs) subgraph.addRestRoutes(router.server);
    return { router, subgraphs, stop: once(() => stopAll(router, subgraphs, broker)) };
  } catch (error) {
    await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
    await broker.close();
    throw error;
  }
}

function localTransport(name: string, subgraphs: readonly Subgraph[]): SubgraphTransport {
  const subgraph = subgraphs.find((candidate) => candidate.name === name);
  if (subgraph === undefined) throw new Failure('internal', `${name} does not run in this process`);
  return {
    send: subgraph.execute.bind(subgraph),
    subscribe: (request, signedContext, _requestId, ended) =>
      subgraph.subscribe(request, signedContext)(ended),
  };
}

function assertComposedOf(registry: Registry, supergraphSdl: string): void {
  const listed = registry.subgraphs.map(({ name }) => name).sort();
  const composed = subgraphsOf(supergraphSdl).sort();
  if (listed.join() === composed.join()) return;
  throw new Failure(
    'bad-input',
    `The supergraph was composed of ${composed.join(', ')}, but rover.yaml lists ${listed.join(', ')}. Run \`npm run compose\``,
  );
}

async function stopAll(router: Router, subgraphs: readonly Subgraph[], broker: Broker): Promise<void> {
  await router.stop();
  await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
  await broker.close();
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}
