import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql';

/** Whether a JSON value may be answered for a scalar or an enum. Of a scalar of one's own every value may. */
export function isValueOf(type: GraphQLLeafType, value: unknown): boolean {
  if (isEnumType(type)) return typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case GraphQLString.name:
      return typeof value === 'string';
    case GraphQLID.name:
      return typeof value === 'string' || Number.isInteger(value);
    case GraphQLInt.name:
      return Number.isInteger(value) && Math.abs(value as number) <= 2_147_483_648;
    case GraphQLFloat.name:
      return typeof value === 'number';
    case GraphQLBoolean.name:
      return typeof value === 'boolean';
    default:
      return true;
  }
}
