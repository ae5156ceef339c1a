import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRegistry } from '@stoa/registry';
import { httpClient, type Send } from '../../e2e/client.ts';
import { freePorts, launch, type Running, temporaryFolder, untilReady } from '../../e2e/processes.ts';
import { removeNames } from '../../e2e/remove-names.ts';
import { loadModules } from '../../host/src/load-modules.ts';
import { planServices } from '../../host/src/service-plan.ts';
import { postgresStores, type Stores, sqliteStores } from './stores.ts';

export interface ShopPlace {
  /** A PostgreSQL server: a process for each service. Null: SQLite, the whole shop in one process. */
  readonly postgresUrl: string | null;
  /** A RabbitMQ, for processes of their own. */
  readonly brokerUrl?: string | undefined;
  /** More variables for every process. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** A shop of real processes, which can be killed one by one. */
export interface ShopProcesses {
  readonly send: Send;
  readonly stores: Stores;
  /** Where the sandbox's webhooks are taken. */
  readonly webhooksUrl: string;
  /** The shop's own corner of RabbitMQ; null where the broker is in memory. */
  readonly broker: { readonly url: string; readonly prefix: string } | null;
  /** The PostgreSQL server with the beginning of the databases' names; null on SQLite. */
  readonly postgresServer: string | null;
  /** The services that can be killed: `shop` where all is one process. */
  readonly names: readonly string[];
  /** Kills a service by SIGKILL and starts it again; resolves when it is ready. */
  kill(name: string): Promise<void>;
  stop(): Promise<void>;
}

interface Service {
  readonly name: string;
  readonly script: string;
  readonly environment: Record<string, string>;
  readonly port: number;
}

/** Starts a shop with the demo catalogue in databases of its own. */
export async function startShopProcesses(place: ShopPlace): Promise<ShopProcesses> {
  const folder = temporaryFolder('chaos');
  const { services, stores, postgresServer, broker } = await layOut(place, folder);
  const running = new Map<string, Running>();
  const start = async (service: Service) => {
    const process = launch(service.script, service.environment);
    running.set(service.name, process);
    await untilReady(process, service.port, 180_000);
  };
  const router = services.at(-1) as Service;
  await Promise.all(services.slice(0, -1).map(start));
  await start(router);
  return {
    send: httpClient(`http://127.0.0.1:${router.port}/graphql`),
    stores,
    webhooksUrl: `http://127.0.0.1:${paymentsOf(services).port}/webhooks/payments/sandbox`,
    broker,
    postgresServer,
    names: services.map(({ name }) => name),
    async kill(name) {
      const service = services.find((candidate) => candidate.name === name) as Service;
      const process = running.get(name) as Running;
      process.process.kill('SIGKILL');
      await process.exited;
      // Its port is free once the system has let go of it.
      await sleep(20);
      await start(service);
    },
    async stop() {
      await Promise.all([...running.values()].map((process) => process.stop()));
      await stores.close();
      if (broker !== null) await removeNames(broker.url, broker.prefix, await groupsOfAll()).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** In one process, all that the outside calls is at one port. */
function paymentsOf(services: readonly Service[]): Service {
  return (services.find(({ name }) => name === 'payments') ?? services[0]) as Service;
}

async function layOut(
  { postgresUrl, brokerUrl, settings = {} }: ShopPlace,
  folder: string,
): Promise<Pick<ShopProcesses, 'stores' | 'postgresServer' | 'broker'> & { services: readonly Service[] }> {
  const own = { ...settings, STOA_DATA_DIR: folder, LOG_LEVEL: 'error' };
  const firstPort = await freePorts(20);
  const routerPort = firstPort + 19;
  if (postgresUrl === null) {
    const environment = { ...own, PORT: String(routerPort) };
    const shop: Service = { name: 'shop', script: 'host/src/main.ts', environment, port: routerPort };
    return { services: [shop], stores: sqliteStores(folder), postgresServer: null, broker: null };
  }
  const database = `chaos_${crypto.randomUUID().slice(0, 8)}`;
  const server = Object.assign(new URL(postgresUrl), { pathname: `/${database}` }).href;
  const broker = brokerUrl === undefined ? null : { url: brokerUrl, prefix: `${database}.` };
  const registry = readRegistry();
  const plans = planServices({
    registry,
    modules: await loadModules(registry),
    environment: {
      ...own,
      DATABASE_URL: server,
      ...(broker === null ? {} : { BROKER_URL: broker.url, BROKER_PREFIX: broker.prefix }),
    },
    routerPort,
    contextSecret: 'a secret for shops that are killed on purpose',
    firstPort,
  });
  const services = plans.map(({ environment, ...plan }) => ({
    ...plan,
    environment: Object.fromEntries(
      Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  }));
  return { services, stores: postgresStores(server), postgresServer: server, broker };
}

async function groupsOfAll(): Promise<readonly string[]> {
  return (await loadModules(readRegistry())).flatMap(({ groups }) => groups);
}
