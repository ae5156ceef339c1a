export { type BaseConfig, processEnvironment, readBaseConfig } from './config.ts';
export type { GraphQLRequestBody, Subgraph, SubgraphOptions } from './create-subgraph.ts';
export {
  type Calls,
  defineSubgraph,
  type Process,
  type RequestScope,
  type ServicesOf,
  type SubgraphModule,
} from './define-subgraph.ts';
export { rpcAddressOf } from './ports.config.ts';
export { run } from './run.ts';
