import type { Logger } from '@stoa/telemetry';
import type { RouterConfig } from '../config.ts';
import type { RouterContext } from '../identity/call-context.ts';
import type { IsLabelActive } from './active-labels.ts';
import type { SubgraphTransport } from './transport.ts';

export interface GatewayOptions {
  execution: RouterConfig['execution'];
  supergraphSdl: string;
  /** Gives the way to each subgraph of the supergraph; `composedUrl` is its address there. */
  transportTo(name: string, composedUrl: string): SubgraphTransport;
  /** Decides about labels of @override that are no `percent(n)`. */
  isLabelActive: IsLabelActive<RouterContext>;
  logger: Logger;
}
