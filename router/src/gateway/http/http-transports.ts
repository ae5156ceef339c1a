import type { Environment } from '@stoa/config';
import type { Logger } from '@stoa/telemetry';
import { subgraphSettingsOf } from '../../subgraph-config.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { httpTransport } from './http-transport.ts';
import { originPools } from './origin-pools.ts';

/**
 * The ways to subgraphs over HTTP, as the environment sets them. Transports share the connections to an origin, also those
 * of a supergraph with those of the one that follows it.
 */
export function httpTransports(environment: Environment, logger: Logger): GatewayOptions['transportTo'] {
  const pools = originPools();
  return (name, composedUrl) =>
    httpTransport({ name, settings: subgraphSettingsOf(name, composedUrl, environment), pools, logger });
}
