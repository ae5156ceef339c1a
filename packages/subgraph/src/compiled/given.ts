import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  type OperationDefinitionNode,
} from 'graphql';
import type { Execution, Given } from './execution.ts';
import type { Selecting } from './selected-fields.ts';

/** What a part of an operation is compiled with. */
export interface Compiling extends Selecting {
  readonly operation: OperationDefinitionNode;
  /** How many fields have been given a place among what executions keep. */
  fields: number;
}

/**
 * Compiles what the resolver of a field is given. It is made once an execution, the same for all objects: so the arguments are frozen,
 * and the path is the field's own, without those above and places in lists.
 */
export function compileGiven(
  compiling: Compiling,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: readonly [FieldNode, ...FieldNode[]],
): (execution: Execution) => Given {
  const { schema, fragments, operation } = compiling;
  const [node] = fieldNodes;
  const at = compiling.fields;
  compiling.fields += 1;
  const path = { prev: undefined, key: (node.alias ?? node.name).value, typename: parentType.name };
  const make = ({ variables, given }: Execution): Given => {
    const made = {
      args: Object.freeze(getArgumentValues(field, node, variables)),
      info: {
        fieldName: field.name,
        fieldNodes,
        returnType: field.type,
        parentType,
        path,
        schema,
        fragments,
        rootValue: undefined,
        operation,
        variableValues: variables,
      },
    };
    given[at] = made;
    return made;
  };
  return (execution) => execution.given[at] ?? make(execution);
}
