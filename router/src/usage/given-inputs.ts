import {
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';

/** A variable whose values use the schema: of an input type or an enum. */
export interface InputVariable {
  readonly name: string;
  readonly type: GraphQLInputType;
}

/** Longer lists and deeper objects are not looked through: what they use, others use too. */
const longestList = 50;
const deepest = 10;

/** The variables of an operation that are worth looking at; most operations have none. */
export function inputVariablesOf(operation: OperationDefinitionNode, schema: GraphQLSchema): InputVariable[] {
  return (operation.variableDefinitions ?? []).flatMap(({ variable, type: node }) => {
    const type = typeFromAST(schema, node) as GraphQLInputType | undefined;
    const named = type && innermost(type);
    return type && (isInputObjectType(named) || isEnumType(named))
      ? [{ name: variable.name.value, type }]
      : [];
  });
}

/** The input fields and enum values that these variables are given, as schema coordinates; never a value of a scalar. */
export function givenInputs(
  variables: readonly InputVariable[],
  values: Readonly<Record<string, unknown>>,
): Set<string> {
  const found = new Set<string>();
  for (const { name, type } of variables) collect(type, values[name], found, 0);
  return found;
}

function collect(type: GraphQLInputType, value: unknown, found: Set<string>, depth: number): void {
  if (value === null || value === undefined || depth > deepest) return;
  if (isNonNullType(type)) {
    collect(type.ofType, value, found, depth);
  } else if (isListType(type)) {
    const items = Array.isArray(value) ? value.slice(0, longestList) : [value];
    for (const item of items) collect(type.ofType, item, found, depth + 1);
  } else if (isEnumType(type)) {
    if (typeof value === 'string' && type.getValue(value)) found.add(`${type.name}.${value}`);
  } else if (isInputObjectType(type) && typeof value === 'object') {
    const fields = type.getFields();
    for (const [name, given] of Object.entries(value)) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field === undefined) continue;
      found.add(`${type.name}.${name}`);
      collect(field.type, given, found, depth + 1);
    }
  }
}

function innermost(type: GraphQLInputType): GraphQLInputType {
  return isListType(type) || isNonNullType(type) ? innermost(type.ofType) : type;
}
