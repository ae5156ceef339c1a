import { type Environment, port, readConfig, url } from '@stoa/config';
import type { RpcContract } from '@stoa/rpc';
import type { SubgraphModule } from './define-subgraph.ts';

export interface Ports {
  readonly http: number;
  /** Null for a subgraph without an rpc. */
  readonly rpc: number | null;
}

/** PORT and RPC_PORT, by default those of rover.yaml's routing URL and of the contract's development address. */
export function readPorts(
  module: SubgraphModule,
  routingUrl: string | undefined,
  environment: Environment,
): Ports {
  const defaultHttp = routingUrl === undefined ? 0 : Number(new URL(routingUrl).port);
  const defaultRpc = module.contract === null ? 0 : Number(new URL(module.contract.developmentUrl).port);
  const read = readConfig(module.name, { PORT: port(defaultHttp), RPC_PORT: port(defaultRpc) }, environment);
  return { http: read.PORT, rpc: module.contract === null ? null : read.RPC_PORT };
}

/** `<NAME>_RPC_URL`, by default the contract's development address. */
export function rpcAddressOf(contract: RpcContract, environment: Environment): string {
  const variable = `${contract.name.toUpperCase().replaceAll('-', '_')}_RPC_URL`;
  const read = readConfig(
    contract.name,
    { [variable]: url(['http', 'https']).default(contract.developmentUrl) },
    environment,
  );
  return String(read[variable]);
}
