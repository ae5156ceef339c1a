import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readRegistry, repositoryRoot } from '@stoa/registry';
import { freePorts } from '../../e2e/processes.ts';
import { loadModules } from '../../host/src/load-modules.ts';
import { planServices, type ServicePlan } from '../../host/src/service-plan.ts';
import { production } from '../own-shop.ts';
import { type Started, startOnCore } from '../start.ts';
import { type Balancer, balance } from './balancer.ts';

/** Which services have several instances: those that pages and checkouts wait for. */
const multiplied = ['catalog', 'pricing', 'inventory', 'orders'];

export interface Instances {
  readonly port: number;
  readonly pids: readonly number[];
  /** What names the database of accounts to its commands. */
  readonly accounts: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export interface InstancesPlace {
  /** A server with the beginning of the databases' names. */
  readonly databaseUrl: string;
  readonly broker: string;
  readonly brokerPrefix: string;
  readonly dataFolder: string;
  readonly cores: string;
}

/**
 * Starts a shop as separate processes, with several instances of the services that work most. All speak to a service by way
 * of a balancer, also where it has one instance.
 */
export async function startInstances(count: number, place: InstancesPlace): Promise<Instances> {
  const plans = await Promise.all(Array.from({ length: count + 1 }, () => planOf(place)));
  const [known = [], ...others] = plans;
  const balancers: Balancer[] = [];
  const started: Started[] = [];
  const start = async (plan: ServicePlan, ports: Ports) => {
    const environment = {
      ...definedOnly(plan.environment),
      PORT: String(ports.http),
      RPC_PORT: String(ports.rpc),
    };
    const script = [join(repositoryRoot(), 'tooling/run.mjs'), plan.script];
    const process = startOnCore(place.cores, script, { folder: repositoryRoot(), environment });
    started.push(process);
    await untilReady(ports.http);
  };
  const stop = async () => {
    await Promise.all(started.map((process) => process.stop()));
    await Promise.all(balancers.map((balancer) => balancer.close()));
  };
  try {
    const router = known.at(-1) as ServicePlan;
    for (const [index, service] of known.slice(0, -1).entries()) {
      const instances = others
        .slice(0, multiplied.includes(service.name) ? count : 1)
        .map((plan) => portsOf(plan[index] as ServicePlan));
      const own = portsOf(service);
      balancers.push(
        await balance(
          own.http,
          instances.map(({ http }) => http),
        ),
      );
      balancers.push(
        await balance(
          own.rpc,
          instances.map(({ rpc }) => rpc),
        ),
      );
      // One after another: the first makes the tables and fills them.
      for (const ports of instances) await start(service, ports);
    }
    await start(router, portsOf(router));
    return { port: router.port, pids: started.map(({ pid }) => pid), accounts: accountsOf(known), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Ports {
  readonly http: number;
  readonly rpc: number;
}

function portsOf({ port, environment }: ServicePlan): Ports {
  return { http: port, rpc: Number(environment['RPC_PORT'] ?? 0) };
}

function accountsOf(plans: readonly ServicePlan[]): Record<string, string> {
  return definedOnly(plans.find(({ name }) => name === 'accounts')?.environment ?? {});
}

/** What is measured fits into PostgreSQL's 100 connections, with four instances too. */
const poolSize = 4;

async function planOf(place: InstancesPlace): Promise<readonly ServicePlan[]> {
  const registry = readRegistry();
  const firstPort = await freePorts(20);
  return planServices({
    registry,
    modules: await loadModules(registry),
    environment: {
      ...production,
      SHARE_SUBGRAPH_QUERIES: 'false',
      DATABASE_URL: place.databaseUrl,
      DATABASE_POOL_SIZE: String(poolSize),
      BROKER_URL: place.broker,
      BROKER_PREFIX: place.brokerPrefix,
      STOA_DATA_DIR: place.dataFolder,
    },
    routerPort: firstPort + 19,
    contextSecret: production.STOA_CONTEXT_SECRET,
    firstPort,
  });
}

function definedOnly(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

async function untilReady(port: number, withinMs = 120_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Error(`Nothing was ready at port ${port} within ${withinMs / 1_000} s`);
}
