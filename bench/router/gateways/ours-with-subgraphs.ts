import { listen, stopOnSignal } from '@stoa/http';
import {
  createRouter,
  disableGatewayTelemetry,
  fetchKeysFrom,
  loadSupergraph,
  readRouterConfig,
  type SubgraphTransport,
} from '@stoa/router';
import { processEnvironment } from '@stoa/router/config';
import { createLogger } from '@stoa/telemetry';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { growingSchemas } from '../growing-graph.ts';

// Our router with the subgraphs of the growing graph in this process. Arguments: the supergraph's file, a port.
const [file = '', port = ''] = process.argv.slice(2);
disableGatewayTelemetry();
const config = readRouterConfig({ ...processEnvironment(), PORT: port });
const logger = createLogger({ name: 'router', level: config.logLevel });
const schemas = growingSchemas();
const router = await createRouter({
  config,
  supergraphSdl: loadSupergraph(file),
  transportTo: (name) => answering(schemas.get(name) as GraphQLSchema),
  fetchKeys: fetchKeysFrom(config.jwksUrl),
  logger,
});
await listen(router.server, config.port);
stopOnSignal(() => router.stop(), logger);

/** A subgraph that costs next to nothing, as those over HTTP: it executes each distinct request once, and parses what it said then. */
function answering(schema: GraphQLSchema): SubgraphTransport {
  const answers = new Map<string, string>();
  return {
    async send({ query, variables }, _signedContext, _requestId, { variablesJson } = {}) {
      const key = `${query}\n${variablesJson?.() ?? JSON.stringify(variables)}`;
      let answer = answers.get(key);
      if (answer === undefined) {
        const document = parse(query);
        answer = JSON.stringify(await execute({ schema, document, variableValues: variables }));
        answers.set(key, answer);
      }
      return JSON.parse(answer);
    },
  };
}
