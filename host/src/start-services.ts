import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Environment } from '@stoa/config';
import { Failure } from '@stoa/errors';
import { stopOnSignal } from '@stoa/http';
import { contextSecret } from '@stoa/identity';
import { readRegistry, repositoryRoot } from '@stoa/registry';
import { createLogger } from '@stoa/telemetry';
import type { HostConfig } from './config.ts';
import { loadModules } from './load-modules.ts';
import { planServices, type ServicePlan } from './service-plan.ts';
import { welcome } from './welcome.ts';

/** Starts the subgraphs side by side, then the router, and says so when all are ready. When one ends, all do. */
export async function startServices(config: HostConfig, environment: Environment): Promise<void> {
  const registry = readRegistry();
  const plans = planServices({
    registry,
    modules: await loadModules(registry),
    environment,
    routerPort: config.port,
    contextSecret: contextSecret(environment.STOA_CONTEXT_SECRET, config.production, config.dataFolder),
    firstPort: config.firstServicePort,
  });
  const running = new Map<string, ChildProcess>();
  let stopping = false;
  const stop = async () => {
    stopping = true;
    await Promise.all([...running.values()].map(end));
  };
  stopOnSignal(stop, createLogger({ name: 'host', level: 'warn' }));
  const launch = async (plan: ServicePlan) => {
    const child = launchProcess(plan);
    running.set(plan.name, child);
    const ended = new Promise<never>((_, reject) => {
      child.once('exit', (code, signal) => {
        running.delete(plan.name);
        reject(new Failure('unavailable', `${plan.name} ended by itself (${signal ?? `exit code ${code}`})`));
      });
    });
    ended.catch((error: Error) => {
      if (stopping) return;
      console.error(`${error.message}; the other services are stopped`);
      void stop().then(() => process.exit(1));
    });
    await Promise.race([ready(plan), ended]);
  };

  const router = plans.at(-1);
  try {
    await Promise.all(plans.slice(0, -1).map(launch));
    if (router !== undefined) await launch(router);
  } catch (error) {
    await stop();
    throw error;
  }
  const graphqlUrl = `http://localhost:${config.port}/graphql`;
  console.log(
    welcome({
      places: plans.map(({ name, port }) => [name, `http://localhost:${port}/graphql`] as const),
      isSeeded: !config.production,
      graphqlUrl,
    }),
  );
}

function launchProcess({ name, script, environment }: ServicePlan): ChildProcess {
  const child = spawn(process.execPath, [join('tooling', 'run.mjs'), script], {
    cwd: repositoryRoot(),
    env: environment as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => console.log(`${name.padEnd(10)} ${line}`));
  }
  return child;
}

async function ready({ name, port }: ServicePlan, withinMs = 120_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    const response = await fetch(`http://localhost:${port}/health/ready`).catch(() => null);
    if (response?.ok) return;
    await sleep(100);
  }
  throw new Failure('unavailable', `${name} was not ready within ${withinMs / 1_000} s`);
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
