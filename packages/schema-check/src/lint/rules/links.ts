import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind, visit } from 'graphql';
import { type LintRule, placeOf } from '../linted-graph.ts';

/** `@link` imports each directive that the file uses, and no other: an unused one hides what the schema relies on. */
export const links: LintRule = function* (subgraphs) {
  for (const { source } of subgraphs) {
    const used = usedNames(source.document);
    for (const definition of source.document.definitions) {
      if (definition.kind !== Kind.SCHEMA_EXTENSION && definition.kind !== Kind.SCHEMA_DEFINITION) continue;
      for (const link of definition.directives ?? []) {
        for (const { name, node } of importsOf(link)) {
          if (used.has(name)) continue;
          yield {
            level: 'warning',
            code: 'LINK_IMPORT_UNUSED',
            message: `Expected the schema to use ${name}, which its @link imports, and it does not.`,
            mend: `Take "${name}" out of the import.`,
            coordinate: name,
            ...placeOf(source, node),
          };
        }
      }
    }
  }
};

function usedNames(document: DocumentNode): Set<string> {
  const used = new Set<string>();
  visit(document, {
    Directive: ({ name }) => {
      used.add(`@${name.value}`);
    },
    NamedType: ({ name }) => {
      used.add(name.value);
    },
  });
  return used;
}

/** The names that a link imports, by the name that the file knows them by. */
function importsOf(link: ConstDirectiveNode): { name: string; node: ConstValueNode }[] {
  const list = link.arguments?.find(({ name }) => name.value === 'import')?.value;
  if (link.name.value !== 'link' || list?.kind !== Kind.LIST) return [];
  return list.values.flatMap((node) => {
    if (node.kind === Kind.STRING) return { name: node.value, node };
    if (node.kind !== Kind.OBJECT) return [];
    const text = (key: string) => {
      const value = node.fields.find(({ name }) => name.value === key)?.value;
      return value?.kind === Kind.STRING ? value.value : undefined;
    };
    const name = text('as') ?? text('name');
    return name === undefined ? [] : { name, node };
  });
}
