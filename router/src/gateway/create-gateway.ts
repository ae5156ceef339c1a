import { apolloGateway } from './apollo-gateway.ts';
import { engineGateway, type GatewayInterface } from './engine-gateway.ts';
import type { GatewayOptions } from './gateway-options.ts';

/**
 * The one place where an operation is planned and its plan executed: what ApolloServer asks when it has parsed and
 * validated an operation.
 */
export function createGateway(options: GatewayOptions): GatewayInterface {
  return options.execution === 'apollo' ? apolloGateway(options) : engineGateway(options);
}
