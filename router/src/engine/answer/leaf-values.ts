import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

const largestInt = 2_147_483_648;

/** The test whether a JSON value may be answered for a scalar or an enum. Of a scalar of one's own every value may. */
export function valuesOf(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ name }) => name));
    return (value) => names.has(value);
  }
  switch (type.name) {
    case GraphQLString.name:
      return (value) => typeof value === 'string';
    case GraphQLID.name:
      return (value) => typeof value === 'string' || Number.isInteger(value);
    case GraphQLInt.name:
      return (value) => Number.isInteger(value) && Math.abs(value as number) <= largestInt;
    case GraphQLFloat.name:
      return (value) => typeof value === 'number';
    case GraphQLBoolean.name:
      return (value) => typeof value === 'boolean';
    default:
      return () => true;
  }
}
