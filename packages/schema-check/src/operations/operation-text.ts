import { type DocumentNode, Kind, parse, print, type ValueNode, visit } from 'graphql';

/**
 * What two texts of one operation share, whatever their layout, the order of their definitions, and the values written
 * into them. A record of use keeps no values, so that this is how it is told which document was used.
 */
export function signatureOf(body: string): string {
  const document = visit(parse(body, { noLocation: true }), {
    StringValue: (node) => ({ ...node, value: '', block: false }),
    IntValue: (node) => ({ ...node, value: '0' }),
    FloatValue: () => ({ kind: Kind.INT, value: '0' }),
    ListValue: { leave: (node) => ({ ...node, values: distinct(node.values) }) },
  });
  return document.definitions
    .map((definition) => print(definition))
    .sort()
    .join('\n');
}

function distinct(values: readonly ValueNode[]): ValueNode[] {
  return [...new Map(values.map((value) => [print(value), value])).values()];
}

/** The name of the one operation of a document; null when it is anonymous. */
export function operationNameOf(document: DocumentNode): string | null {
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) return definition.name?.value ?? null;
  }
  return null;
}
