import type { Logger } from '@stoa/telemetry';
import type { RouterConfig } from '../config.ts';
import type { RouterContext } from '../identity/call-context.ts';
import type { IsLabelActive } from './active-labels.ts';
import type { SubgraphTransport } from './transport.ts';

export interface GatewayOptions
  extends Pick<RouterConfig, 'execution' | 'planning' | 'plansFolder' | 'sharing' | 'operationsAtOnce'> {
  supergraphSdl: string;
  /**
   * Tells of every supergraph that is to be served in place of the last, until what it returns is called. Left out, the
   * first one stays.
   */
  supergraphUpdates?: (onUpdate: (supergraphSdl: string) => void) => () => void;
  /** Gives the way to each subgraph of the supergraph; `composedUrl` is its address there. */
  transportTo(name: string, composedUrl: string): SubgraphTransport;
  /** Decides about labels of @override that are no `percent(n)`. */
  isLabelActive: IsLabelActive<RouterContext>;
  logger: Logger;
}
