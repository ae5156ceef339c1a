export { disableGatewayTelemetry, type RouterConfig, readRouterConfig, subgraphUrlOf } from './config.ts';
export { createRouter, type Router, type RouterOptions } from './create-router.ts';
export { httpTransport } from './gateway/http-transport.ts';
export { loadSupergraph, subgraphsOf } from './gateway/load-supergraph.ts';
export { subscribeTo } from './gateway/subscriptions/subscribe-to.ts';
export type { SubgraphTransport } from './gateway/transport.ts';
export { fetchKeysFrom } from './identity/key-set.ts';
export { welcomeQuery } from './pages/welcome-query.ts';
