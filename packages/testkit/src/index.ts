export { databaseEngines, type TestEngine } from './databases.ts';
export { postgresUrl, rabbitmqUrl, redisUrl } from './services.ts';
export { type Answer, type TestSubgraph, type TestSubgraphOptions, testSubgraph } from './test-subgraph.ts';
export { customer, staff } from './viewers.ts';
