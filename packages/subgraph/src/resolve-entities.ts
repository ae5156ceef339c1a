import {
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
} from 'graphql';
import { entitiesAhead, type ReadAheads } from './read-ahead.ts';

interface Representation {
  readonly __typename: string;
}

type ResolveReference = (reference: Representation, context: unknown, info: GraphQLResolveInfo) => unknown;

/**
 * Resolves entities without waiting for those that are there already, as Apollo's resolver does for each: a page of a
 * list refers to hundreds. What their fields need is read ahead. What it does not know (interfaces, unknown types) is left to that one.
 */
export function resolveEntitiesAtOnce(schema: GraphQLSchema, readAheads: ReadAheads<never> = {}): void {
  const field = schema.getQueryType()?.getFields()['_entities'];
  if (field?.resolve === undefined) return;
  const others = field.resolve;
  const readAhead = entitiesAhead(readAheads);
  const resolvers = new Map<string, ResolveReference>();
  for (const type of Object.values(schema.getTypeMap())) {
    const resolve = isObjectType(type) ? resolveReferenceOf(type.extensions) : undefined;
    if (resolve !== undefined) resolvers.set(type.name, resolve);
  }
  const resolve: GraphQLFieldResolver<unknown, unknown, { representations: readonly Representation[] }> = (
    source,
    args,
    context,
    info,
  ) => {
    const { representations } = args;
    if (!representations.every(({ __typename }) => resolvers.has(__typename)))
      return others(source, args, context, info);
    const entities = representations.map((representation) => {
      const { __typename } = representation;
      const entity = resolvers.get(__typename)?.(representation, context, info);
      return entity instanceof Promise
        ? entity.then((found) => named(found, __typename))
        : named(entity, __typename);
    });
    const reading = readAhead(entities, context, info);
    return reading === null ? entities : reading.then(() => entities);
  };
  field.resolve = resolve;
}

function resolveReferenceOf(extensions: object): ResolveReference | undefined {
  const { apollo } = extensions as { apollo?: { subgraph?: { resolveReference?: ResolveReference } } };
  return apollo?.subgraph?.resolveReference;
}

/** The union of all entities tells its types by their names. */
function named(entity: unknown, __typename: string): unknown {
  if (typeof entity !== 'object' || entity === null || '__typename' in entity) return entity;
  return Object.defineProperty(entity, '__typename', { value: __typename });
}
