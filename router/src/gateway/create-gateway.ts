import { engineGateway, type GatewayInterface } from './engine-gateway.ts';
import type { GatewayOptions } from './gateway-options.ts';

/**
 * The one place where an operation is planned and its plan executed: what ApolloServer asks when it has parsed and
 * validated an operation.
 */
export async function createGateway(options: GatewayOptions): Promise<GatewayInterface> {
  if (options.execution === 'engine') return engineGateway(options);
  // Loaded only where it is asked for: it brings an HTTP client and a tracer of its own.
  return (await import('./apollo-gateway.ts')).apolloGateway(options);
}
