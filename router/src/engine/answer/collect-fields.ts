import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type Conditions, isLeftOut } from '../operation/conditions.ts';
import { deferLabelOf } from '../operation/deferred/label-defers.ts';
import { typeConditions } from '../type-conditions.ts';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

/** A field of an answer, with everything that was selected of it, in however many places. */
export interface CollectedField {
  readonly responseName: string;
  readonly name: string;
  /** Where it was selected first. */
  readonly node: FieldNode;
  readonly selectionSets: readonly SelectionSetNode[];
}

/**
 * CollectFields of the GraphQL specification (6.3.2), for an object of a known type and known conditions.
 * @param deferred labels of fragments that are not answered here
 */
export function collectFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  conditions: Conditions,
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  deferred: ReadonlySet<string> = new Set(),
): readonly CollectedField[] {
  const fields = new Map<string, { node: FieldNode; selectionSets: SelectionSetNode[] }>();
  const visited = new Set<string>();
  const isOfType = typeConditions(schema);
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (isLeftOut(selection.directives, conditions)) continue;
      const label = deferred.size === 0 ? undefined : deferLabelOf(selection.directives);
      if (label !== undefined && deferred.has(label)) continue;
      if (selection.kind === Kind.FIELD) {
        const responseName = (selection.alias ?? selection.name).value;
        const field = fields.get(responseName) ?? { node: selection, selectionSets: [] };
        if (selection.selectionSet !== undefined) field.selectionSets.push(selection.selectionSet);
        fields.set(responseName, field);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? type.name;
        if (isOfType(type.name, condition)) collect(selection.selectionSet);
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment !== undefined && isOfType(type.name, fragment.typeCondition.name.value))
          collect(fragment.selectionSet);
      }
    }
  };
  for (const selectionSet of selectionSets) collect(selectionSet);
  return [...fields].map(([responseName, field]) => ({
    responseName,
    name: field.node.name.value,
    ...field,
  }));
}
