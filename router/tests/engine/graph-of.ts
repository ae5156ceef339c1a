import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLError, parse } from 'graphql';
import { type Answer, compileOperation } from '../../src/engine/operation/compile-operation.ts';
import type { JsonObject, SubgraphAnswer, SubgraphRequest } from '../../src/engine/subgraph-request.ts';
import { readSupergraph } from '../../src/engine/supergraph.ts';

export interface SubgraphOfTest {
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
  /** Answers in place of the schema, as a subgraph that is broken does. */
  readonly answer?: (request: SubgraphRequest) => unknown;
}

export interface GraphOfTest {
  ask(query: string, variables?: JsonObject): Promise<Answer>;
  /** What subgraphs were asked so far. */
  readonly requests: SubgraphRequest[];
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy", "@cost", "@override", "@context", "@fromContext"])\n';

/** A graph of subgraphs that run in the test. */
export function graphOf(subgraphs: Readonly<Record<string, SubgraphOfTest>>): GraphOfTest {
  const supergraph = readSupergraph(compose(subgraphs));
  const requests: SubgraphRequest[] = [];
  const schemas = new Map(
    Object.entries(subgraphs).map(([name, { sdl, resolvers }]) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(link + sdl), resolvers: resolvers as never }),
    ]),
  );
  const ask = async (request: SubgraphRequest): Promise<SubgraphAnswer> => {
    requests.push(request);
    const own = subgraphs[request.subgraph]?.answer;
    if (own !== undefined) return (await own(request)) as SubgraphAnswer;
    const schema = schemas.get(request.subgraph);
    if (schema === undefined) throw new Error('no such subgraph');
    const result = await execute({
      schema,
      document: parse(request.query),
      variableValues: request.variables,
    });
    return JSON.parse(JSON.stringify(result)) as SubgraphAnswer;
  };
  return {
    requests,
    ask: (query, variables = {}) =>
      compileOperation(supergraph, parse(query), undefined).execute(variables, ask),
  };
}

/** What a client sees of errors. */
export function seen(errors: readonly GraphQLError[] | undefined) {
  return (errors ?? []).map(({ path, extensions }) => ({
    path,
    code: extensions.code,
    subgraph: extensions.serviceName,
  }));
}

function compose(subgraphs: Readonly<Record<string, SubgraphOfTest>>): string {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, { sdl }]) => ({
      name,
      url: `http://${name}`,
      typeDefs: parse(link + sdl),
    })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
