import {
  type ConstArgumentNode,
  type DefinitionNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Chance, chanceOf } from '../../router/tests/differential/random.ts';
import { workloadQuery } from './workload-subgraphs.ts';

/** How deep the workload's operation goes: users, reviews, product, reviews, author, reviews, product. */
const deepest = 7;

/**
 * The bodies of so many different operations, made of the workload's one: each asks for one of its two lists or both, ends
 * at some depth, leaves out some fields, and has an alias or an argument here and there. Another call returns the same ones.
 */
export function mixedOperations(count: number): readonly string[] {
  const { query } = JSON.parse(workloadQuery) as { query: string };
  const { definitions } = parse(query);
  const made = new Set<string>();
  for (let seed = 1; made.size < count; seed += 1) made.add(variantOf(definitions, chanceOf(seed)));
  return [...made].map((variant) => JSON.stringify({ query: variant }));
}

function variantOf(definitions: readonly DefinitionNode[], chance: Chance): string {
  const root = chance.pick(['users', 'topProducts', 'both']);
  const depth = 2 + chance.below(deepest - 1);
  const changed = definitions.map((definition) => {
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return { ...definition, selectionSet: someOf(definition.selectionSet, chance) };
    if (definition.kind !== Kind.OPERATION_DEFINITION) return definition;
    const roots = fieldsOf(definition.selectionSet)
      .filter(({ name }) => root === 'both' || name.value === root)
      .map((field) => withArgument(field, chance));
    return { ...definition, selectionSet: endedAt(depth, { ...definition.selectionSet, selections: roots }) };
  });
  const operation = changed.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).map(print);
  const fragments = changed.filter(
    (definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION &&
      operation.some((text) => text.includes(`...${definition.name.value}\n`)),
  );
  return [...operation, ...fragments.map(print)].join('\n');
}

function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
  return selections.filter((selection) => selection.kind === Kind.FIELD);
}

/** Some of the fields of a fragment, one at least, some of them under an alias. */
function someOf(set: SelectionSetNode, chance: Chance): SelectionSetNode {
  const all = fieldsOf(set);
  const some = chance.some(all, 0.7);
  const selections = (some.length > 0 ? some : [chance.pick(all)]).map((field) =>
    chance.happens(0.1)
      ? { ...field, alias: { kind: Kind.NAME, value: `${field.name.value}_1` } as const }
      : field,
  );
  return { ...set, selections };
}

/** Without what is deeper than so many levels of lists and objects. */
function endedAt(depth: number, set: SelectionSetNode): SelectionSetNode {
  const selections = set.selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind !== Kind.FIELD || selection.selectionSet === undefined) return [selection];
    if (depth === 0) return [];
    return [{ ...selection, selectionSet: endedAt(depth - 1, selection.selectionSet) }];
  });
  return { ...set, selections };
}

/** The list of products may have an argument, at times. */
function withArgument(field: FieldNode, chance: Chance): FieldNode {
  if (field.name.value !== 'topProducts' || !chance.happens(0.5)) return field;
  const first: ConstArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'first' },
    value: { kind: Kind.INT, value: String(1 + chance.below(3)) },
  };
  return { ...field, arguments: [first] };
}
