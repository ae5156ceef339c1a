import { join } from 'node:path';
import type { Environment } from '@stoa/config';
import { type Registry, repositoryRoot } from '@stoa/registry';
import type { SubgraphModule } from '@stoa/subgraph';
import { environmentOf, variableName } from './config.ts';

/** A process to run. */
export interface ServicePlan {
  readonly name: string;
  /** The TypeScript file it starts with. */
  readonly script: string;
  readonly environment: Environment;
  readonly port: number;
}

export interface PlanOptions {
  registry: Registry;
  modules: readonly SubgraphModule[];
  environment: Environment;
  routerPort: number;
  contextSecret: string;
  /** The first of the ports to use, in place of those of rover.yaml: one a subgraph for HTTP, then one a subgraph for gRPC. */
  firstPort?: number;
}

/** Who publishes the keys of access tokens. */
const identityProvider = 'accounts';

interface Addresses {
  readonly http: number;
  readonly rpc: number;
}

/** Lays out who listens where and tells each process where the others are. The router comes last. */
export function planServices(options: PlanOptions): ServicePlan[] {
  const { registry, environment, routerPort, contextSecret } = options;
  const ports = portsOf(options);
  const shared: Record<string, string | undefined> = { ...environment, STOA_CONTEXT_SECRET: contextSecret };
  for (const [name, { http, rpc }] of ports) {
    shared[`${variableName(name)}_URL`] = `http://localhost:${http}/graphql`;
    shared[`${variableName(name)}_RPC_URL`] = `http://localhost:${rpc}`;
    if (name === identityProvider) shared.JWKS_URL ??= `http://localhost:${http}/.well-known/jwks.json`;
  }
  const subgraphs = registry.subgraphs.map(({ name, folder }): ServicePlan => {
    const { http, rpc } = ports.get(name) as Addresses;
    const { DATABASE_URL } = environmentOf(name, environment);
    return {
      name,
      script: join(folder, 'src', 'main.ts'),
      environment: { ...shared, DATABASE_URL, PORT: String(http), RPC_PORT: String(rpc) },
      port: http,
    };
  });
  const router: ServicePlan = {
    name: 'router',
    script: join(repositoryRoot(), 'router', 'src', 'main.ts'),
    environment: { ...shared, PORT: String(routerPort) },
    port: routerPort,
  };
  return [...subgraphs, router];
}

function portsOf({ registry, modules, firstPort }: PlanOptions): Map<string, Addresses> {
  return new Map(
    registry.subgraphs.map(({ name, routingUrl }, index) => {
      if (firstPort !== undefined)
        return [name, { http: firstPort + index, rpc: firstPort + registry.subgraphs.length + index }];
      const contract = modules.find((module) => module.name === name)?.contract;
      return [
        name,
        {
          http: Number(new URL(routingUrl).port),
          rpc: contract ? Number(new URL(contract.developmentUrl).port) : 0,
        },
      ];
    }),
  );
}
