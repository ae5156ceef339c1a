import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { answeringServer } from './answering-server.ts';

/** How far the graph goes: entities that lead to one another through so many subgraphs, and fields in so many. */
export const deepest = 8;
export const widest = 64;

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])`;

/** Subgraph 0 has the items; subgraph n adds the field fn to them, and to the nth entity of the chain the one after it. */
function subgraph(index: number): { readonly sdl: string; readonly resolvers: object } {
  if (index === 0)
    return {
      sdl: `${link} type Query { items(count: Int!): [T0!]! } type T0 @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          items: (_: unknown, { count }: { count: number }) =>
            Array.from({ length: count }, (__, at) => ({ id: `${at}` })),
        },
      },
    };
  const own = ({ id }: { id: string }) => ({ id });
  const isLink = index <= deepest;
  const from = isLink ? index - 1 : 0;
  const field = `f${index}: String`;
  const types = isLink
    ? `type T${from} @key(fields: "id") { id: ID! next: T${index} ${from === 0 ? field : ''} }
       type T${index} @key(fields: "id") { id: ID! }
       ${from === 0 ? '' : `type T0 @key(fields: "id") { id: ID! ${field} }`}`
    : `type T0 @key(fields: "id") { id: ID! ${field} }`;
  const resolvers: Record<string, object> = {
    T0: { __resolveReference: own, [`f${index}`]: ({ id }: { id: string }) => `${index} of ${id}` },
  };
  if (isLink) {
    resolvers[`T${index}`] = { __resolveReference: own };
    resolvers[`T${from}`] = { ...resolvers[`T${from}`], __resolveReference: own, next: own };
  }
  return { sdl: `${link} ${types}`, resolvers };
}

/** The subgraphs by name, as schemas that can be executed. */
export const growingSchemas = (): ReadonlyMap<string, GraphQLSchema> =>
  new Map(
    Array.from({ length: widest + 1 }, (_, index) => {
      const { sdl, resolvers } = subgraph(index);
      return [`s${index}`, buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never })];
    }),
  );

export interface ServedGraph {
  readonly supergraphSdl: string;
  /** Where each subgraph answers, by name. */
  readonly urls: Readonly<Record<string, string>>;
}

/** Serves the graph, each subgraph on a port of its own. */
export async function growingGraph(): Promise<ServedGraph> {
  const services = await Promise.all(
    [...growingSchemas()].map(async ([name, schema], index) => ({
      name,
      url: await answeringServer(schema),
      typeDefs: parse(subgraph(index).sdl),
    })),
  );
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return { supergraphSdl, urls: Object.fromEntries(services.map(({ name, url }) => [name, url])) };
}

const body = (query: string) => JSON.stringify({ query });

/** What grows, with the operations at each size. */
export const growths: Readonly<Record<string, readonly { size: number; bodies: readonly string[] }[]>> = {
  'hops, one after another': [1, 2, 4, 8].map((size) => ({
    size,
    bodies: [body(`{ items(count: 1) { ${'next { '.repeat(size)} id ${'}'.repeat(size)} } }`)],
  })),
  'entities in a list, one hop': [10, 100, 1_000, 10_000].map((size) => ({
    size,
    bodies: [body(`{ items(count: ${size}) { f1 } }`)],
  })),
  'subgraphs, side by side': [1, 4, 16, 64].map((size) => ({
    size,
    bodies: [
      body(`{ items(count: 10) { ${Array.from({ length: size }, (_, at) => `f${at + 1}`).join(' ')} } }`),
    ],
  })),
  'distinct operations, one hop': [1, 100, 1_000, 10_000].map((size) => ({
    size,
    bodies: Array.from({ length: size }, (_, at) => body(`{ items(count: 1) { a${at}: f1 } }`)),
  })),
};
