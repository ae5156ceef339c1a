import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from 'graphql';

/** The type of a value; null when it is none that may stand there. */
export function actualType(
  schema: GraphQLSchema,
  type: GraphQLCompositeType,
  typename: unknown,
): GraphQLObjectType | GraphQLCompositeType | null {
  if (isObjectType(type) || typename === undefined) return type;
  const actual = typeof typename === 'string' ? schema.getType(typename) : undefined;
  if (!isCompositeType(actual)) return null;
  if (actual === type) return actual;
  if (isObjectType(actual) && isAbstractType(type)) return schema.isSubType(type, actual) ? actual : null;
  return actual;
}
