export { disableGatewayTelemetry, type RouterConfig, readRouterConfig } from './config.ts';
export { createRouter, type Router, type RouterOptions } from './create-router.ts';
export { followSupergraph } from './gateway/follow-supergraph.ts';
export { loadSupergraph, subgraphsOf } from './gateway/load-supergraph.ts';
export type { SubgraphTransport } from './gateway/transport.ts';
export { fetchKeysFrom } from './identity/key-set.ts';
export { welcomeQuery } from './pages/welcome-query.ts';
