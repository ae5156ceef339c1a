import { defineConfig } from '@graphql-hive/gateway';

// Hive Gateway without its sharing of subgraph requests, which is on by default.
export const gatewayConfig = defineConfig({
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
});
