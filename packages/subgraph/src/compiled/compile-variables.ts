import {
  GraphQLScalarType,
  type GraphQLSchema,
  type GraphQLType,
  getNullableType,
  getVariableValues,
  isListType,
  isScalarType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** What scalars read their values by that take them as they come. */
const { parseValue: asItComes } = new GraphQLScalarType({ name: 'AsItComes' });

/**
 * Compiles the reading of an operation's variables. graphql-js reads them, except for lists of a scalar that takes anything, such as
 * the representations of entities: it would make a path to each of them.
 * @returns what gives null for variables that do not fit
 */
export function compileVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (given: Variables) => Record<string, unknown> | null {
  const isTaken = (definition: VariableDefinitionNode) =>
    isListOfAnything(typeFromAST(schema, definition.type));
  const taken = definitions.filter(isTaken).map(({ variable }) => variable.name.value);
  const others = definitions.filter((definition) => !isTaken(definition));
  return (given) => {
    const canBeTaken = taken.every((name) => isWithoutNull(given[name]));
    const { coerced } = getVariableValues(schema, canBeTaken ? others : definitions, given);
    if (coerced === undefined) return null;
    if (canBeTaken) for (const name of taken) coerced[name] = given[name];
    return coerced;
  };
}

function isListOfAnything(type: GraphQLType | undefined): boolean {
  const list = getNullableType(type);
  if (!isListType(list)) return false;
  const item = getNullableType(list.ofType);
  return isScalarType(item) && item.parseValue === asItComes;
}

function isWithoutNull(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => item !== null && item !== undefined);
}
