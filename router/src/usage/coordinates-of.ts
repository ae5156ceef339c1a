import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * The parts of the schema that a valid document uses, as schema coordinates: the fields that it
 * selects (`Book.title`), the arguments that it gives (`Query.book(id:)`), the types that it tells
 * apart by a condition (`Book`), and the input fields and enum values that it writes out
 * (`BookFilter.author`, `Sort.NEWEST`). Introspection is no use of the schema.
 */
export function coordinatesOf(document: DocumentNode, schema: GraphQLSchema): string[] {
  const found = new Set<string>();
  const typeInfo = new TypeInfo(schema);
  const addType = () => {
    const type = typeInfo.getType();
    if (type) found.add(String(getNamedType(type)));
  };
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field({ name, arguments: given = [] }) {
        // Not what is below it either: false skips that.
        if (name.value.startsWith('__')) return false;
        const field = `${typeInfo.getParentType()?.name}.${name.value}`;
        found.add(field);
        for (const argument of given) found.add(`${field}(${argument.name.value}:)`);
        return undefined;
      },
      InlineFragment({ typeCondition }) {
        if (typeCondition) addType();
      },
      FragmentDefinition: addType,
      ObjectField({ name }) {
        const type = getNamedType(typeInfo.getParentInputType());
        if (isInputObjectType(type)) found.add(`${type.name}.${name.value}`);
      },
      EnumValue({ value }) {
        const type = getNamedType(typeInfo.getInputType());
        if (isEnumType(type)) found.add(`${type.name}.${value}`);
      },
    }),
  );
  return [...found];
}
