import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';

/** A field of a type or of an input. */
export interface SchemaField {
  readonly coordinate: string;
  readonly isDeprecated: boolean;
  /** The same field of the interfaces that its type implements: who uses it there uses it here. */
  readonly inherited: readonly string[];
}

/** Every field of the schema's own types and inputs, in the order of the schema. */
export function fieldsOf(schema: GraphQLSchema): SchemaField[] {
  return Object.values(schema.getTypeMap()).flatMap((type): SchemaField[] => {
    if (isIntrospectionType(type)) return [];
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).map(({ name, deprecationReason }) => ({
        coordinate: `${type.name}.${name}`,
        isDeprecated: deprecationReason != null,
        inherited: [],
      }));
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).map(({ name, deprecationReason }) => ({
      coordinate: `${type.name}.${name}`,
      isDeprecated: deprecationReason != null,
      inherited: type
        .getInterfaces()
        .filter((parent) => Object.hasOwn(parent.getFields(), name))
        .map((parent) => `${parent.name}.${name}`),
    }));
  });
}

/** Whether the schema has what a coordinate names: a type, field, argument, input field or enum value. */
export function hasCoordinate(schema: GraphQLSchema, coordinate: string): boolean {
  const [, typeName = '', member, argument] = /^(\w+)(?:\.(\w+)(?:\((\w+):\))?)?$/.exec(coordinate) ?? [];
  const type = schema.getType(typeName);
  if (type === undefined || member === undefined) return type !== undefined;
  if (isEnumType(type)) return type.getValue(member) !== null && type.getValue(member) !== undefined;
  if (isInputObjectType(type)) return Object.hasOwn(type.getFields(), member);
  if (!isObjectType(type) && !isInterfaceType(type)) return false;
  const field = Object.hasOwn(type.getFields(), member) ? type.getFields()[member] : undefined;
  if (field === undefined || argument === undefined) return field !== undefined;
  return field.args.some(({ name }) => name === argument);
}
