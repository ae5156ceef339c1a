import {
  type ASTNode,
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  print,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

const emptyText = { kind: Kind.STRING, value: '' } as const;

/**
 * A valid document without the values that its sender wrote into it, still valid and with one form
 * for all values: strings are "", numbers 0, equal items of a list one item, and a list or object for
 * a scalar of the schema's own "". What the schema names stays: enum values and input fields.
 */
export function withoutLiterals(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  const isFree = () => {
    const type = getNamedType(typeInfo.getInputType());
    return isScalarType(type) && !isSpecifiedScalarType(type);
  };
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      StringValue: () => emptyText,
      IntValue: (node) => ({ ...node, value: '0' }),
      FloatValue: (node) => ({ ...node, value: '0' }),
      ObjectValue: (): ASTNode | undefined => (isFree() ? emptyText : undefined),
      ListValue: {
        enter: (): ASTNode | undefined => (isFree() ? emptyText : undefined),
        leave: (node) => ({ ...node, values: distinct(node.values) }),
      },
    }),
  );
}

function distinct(values: readonly ValueNode[]): readonly ValueNode[] {
  return [...new Map(values.map((value) => [print(value), value])).values()];
}
