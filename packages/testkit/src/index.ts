export { databaseEngines, type TestEngine } from './databases.ts';
export { fullScansOf } from './full-scans.ts';
export { startMailServer, type TestMailServer } from './mail-server.ts';
export { postgresUrl, rabbitmqUrl, redisUrl } from './services.ts';
export { type Answer, type TestSubgraph, type TestSubgraphOptions, testSubgraph } from './test-subgraph.ts';
export { customer, staff } from './viewers.ts';
