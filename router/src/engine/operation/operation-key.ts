import { type DocumentNode, Kind, print, separateOperations, stripIgnoredCharacters, visit } from 'graphql';

/**
 * What an operation is, whatever its spaces, its comments, the names of its fragments and the other operations of its
 * document: operations of the same key have the same plan and the same answer.
 */
export function operationKey(document: DocumentNode, operationName: string | undefined): string {
  const alone =
    operationName === undefined ? document : (separateOperations(document)[operationName] ?? document);
  const names = new Map<string, string>();
  const rename = (name: string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const given = `f${names.size}`;
    names.set(name, given);
    return given;
  };
  // Operations first, so that fragments are numbered by where they are used, not by where they are written.
  const ordered = [...alone.definitions].sort((a, b) => rank(a.kind) - rank(b.kind));
  const renamed = visit(
    { ...alone, definitions: ordered },
    {
      FragmentSpread: (node) => ({ ...node, name: { ...node.name, value: rename(node.name.value) } }),
      FragmentDefinition: (node) => ({ ...node, name: { ...node.name, value: rename(node.name.value) } }),
    },
  );
  const definitions = renamed.definitions.map((definition) => print(definition));
  const [first = '', ...fragments] = definitions;
  return stripIgnoredCharacters([first, ...fragments.sort()].join('\n'));
}

function rank(kind: string): number {
  return kind === Kind.OPERATION_DEFINITION ? 0 : 1;
}
