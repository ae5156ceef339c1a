import { type DocumentNode, Kind, type ObjectTypeDefinitionNode, type StringValueNode, visit } from 'graphql';

/**
 * The labels of a supergraph's @override(from:, label:). While a label is active its fields are asked of the subgraph that
 * overrides, else of the one that is overridden.
 */
export interface OverrideLabels {
  readonly all: ReadonlySet<string>;
  /** Those that the plan of an operation may depend on. */
  of(document: DocumentNode): readonly string[];
}

/** @param supergraph the composed schema, parsed */
export function readOverrideLabels(supergraph: DocumentNode): OverrideLabels {
  /** Labels by the names of the fields that have them. */
  const byField = new Map<string, Set<string>>();
  /** What plans may fetch of an entity though nobody has asked for it. */
  let required = '';
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION)
      continue;
    for (const text of texts(definition, 'join__type', 'key')) required += ` ${text}`;
    for (const field of definition.fields ?? []) {
      for (const text of texts(field, 'join__field', 'requires')) required += ` ${text}`;
      for (const label of texts(field, 'join__field', 'overrideLabel')) {
        const labels = byField.get(field.name.value) ?? new Set();
        byField.set(field.name.value, labels.add(label));
      }
    }
  }
  const always = new Set(required.match(/\w+/g) ?? []);
  const labelled = [...byField].map(([name, labels]) => ({ name, labels: [...labels] }));
  const all = new Set(labelled.flatMap(({ labels }) => labels));
  return {
    all,
    of(document) {
      if (all.size === 0) return [];
      const asked = new Set(always);
      visit(document, {
        Field({ name }) {
          asked.add(name.value);
        },
      });
      return [...new Set(labelled.flatMap(({ name, labels }) => (asked.has(name) ? labels : [])))].sort();
    },
  };
}

function texts(
  { directives }: Pick<ObjectTypeDefinitionNode, 'directives'>,
  directive: string,
  argument: string,
): string[] {
  return (directives ?? [])
    .filter(({ name }) => name.value === directive)
    .flatMap(({ arguments: given }) => given ?? [])
    .filter(({ name, value }) => name.value === argument && value.kind === Kind.STRING)
    .map(({ value }) => (value as StringValueNode).value);
}
