export { type BaseConfig, databaseUrlOf, processEnvironment, readBaseConfig } from './config.ts';
export type { Subgraph, SubgraphOptions } from './create-subgraph.ts';
export { defineSubgraph, type SubgraphModule } from './define-subgraph.ts';
export type { Calls, Process, RequestScope, ServicesOf } from './definition.ts';
export { rpcAddressOf } from './ports.config.ts';
export type { ReadAhead } from './read-ahead.ts';
export type { GraphQLRequestBody } from './request-body.ts';
export { run } from './run.ts';
export { type Running, startLoop, type Worker } from './worker.ts';
