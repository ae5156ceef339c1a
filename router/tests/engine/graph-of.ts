import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { createSourceEventStream, execute, type GraphQLError, parse } from 'graphql';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import type { Answer } from '../../src/engine/operation/answers.ts';
import type { AnswerPart } from '../../src/engine/operation/compiled-operation.ts';
import type {
  JsonObject,
  SubgraphAnswer,
  SubgraphRequest,
  SubscribeToSubgraph,
} from '../../src/engine/subgraph-request.ts';
import { readSupergraph, type Supergraph } from '../../src/engine/supergraph.ts';
import { compileInPlace } from './compile-in-place.ts';

await loadFederation();

export interface SubgraphOfTest {
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, object>>;
  /** Answers in place of the schema, as a subgraph that is broken does. */
  readonly answer?: (request: SubgraphRequest) => unknown;
  /** Has events in place of the schema's. */
  readonly events?: SubscribeToSubgraph;
}

export interface GraphOfTest {
  ask(query: string, variables?: JsonObject): Promise<Answer>;
  /** Answers in parts; null when nothing is deferred. */
  askInParts(query: string, variables?: JsonObject): AsyncIterable<AnswerPart> | null;
  /** Opens a subscription. */
  subscribe(query: string, variables?: JsonObject): Answer | AsyncIterable<Answer>;
  readonly supergraph: Supergraph;
  /** What subgraphs were asked so far. */
  readonly requests: SubgraphRequest[];
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@requires", "@external", "@shareable", "@interfaceObject", "@authenticated", "@requiresScopes", "@policy", "@cost", "@override", "@context", "@fromContext"])\n';

/**
 * A graph of subgraphs that run in the test.
 * @param labels those of @override that are active
 */
export function graphOf(
  subgraphs: Readonly<Record<string, SubgraphOfTest>>,
  labels: ReadonlySet<string> = new Set(),
): GraphOfTest {
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
  async function* eventsOf(request: SubgraphRequest, ended: AbortSignal): AsyncGenerator<SubgraphAnswer> {
    const own = subgraphs[request.subgraph]?.events;
    const schema = schemas.get(request.subgraph);
    if (own !== undefined) yield* own(request, ended);
    else if (schema !== undefined) {
      const document = parse(request.query);
      const variableValues = request.variables;
      const source = await createSourceEventStream({ schema, document, variableValues });
      if (!(Symbol.asyncIterator in source)) throw new Error(source.errors?.[0]?.message);
      for await (const rootValue of source)
        yield JSON.parse(JSON.stringify(await execute({ schema, document, variableValues, rootValue })));
    }
  }
  const compile = (query: string) => compileInPlace(supergraph, parse(query), labels);
  return {
    supergraph,
    requests,
    async ask(query, variables = {}) {
      const operation = compile(query);
      if (operation.kind === 'subscription') throw new Error('Expected a query or a mutation');
      return operation.execute(variables, ask);
    },
    askInParts(query, variables = {}) {
      const operation = compile(query);
      if (operation.kind === 'subscription') throw new Error('Expected a query or a mutation');
      return operation.executeInParts(variables)?.(ask) ?? null;
    },
    subscribe(query, variables = {}) {
      const operation = compile(query);
      if (operation.kind !== 'subscription') throw new Error('Expected a subscription');
      const subscribe: SubscribeToSubgraph = (request, ended) => {
        requests.push(request);
        return eventsOf(request, ended);
      };
      const opened = operation.subscribe(variables);
      if (typeof opened !== 'function') return opened;
      return opened({ ask, subscribe }, new AbortController().signal);
    },
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
