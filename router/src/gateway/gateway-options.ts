import type { Logger } from '@stoa/telemetry';
import type { RouterConfig } from '../config.ts';
import type { SubgraphTransport } from './transport.ts';

export interface GatewayOptions {
  execution: RouterConfig['execution'];
  supergraphSdl: string;
  /** Gives the way to each subgraph of the supergraph; `composedUrl` is its address there. */
  transportTo(name: string, composedUrl: string): SubgraphTransport;
  logger: Logger;
}
