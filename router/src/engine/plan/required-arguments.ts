import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { readSubgraphs } from '../subgraph-addresses.ts';
import type { IsOfType } from '../type-conditions.ts';
import { eachObject, get, set } from './merge.ts';
import { hiddenName, type Rewrite } from './rewrites.ts';

/**
 * What fields require of other fields with arguments. A plan's `requires` names a field without its arguments, so that
 * two that are required with different ones could not be told apart; here each value is kept under a name of its own.
 */
export interface RequiredArguments {
  /** Names of fields that are required with arguments by any subgraph. */
  readonly names: ReadonlySet<string>;
  /** By `subgraph Type.field`: the hidden names of what it requires, by path. */
  readonly byField: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Reads the @requires of a supergraph.
 * @param document the composed schema, parsed
 */
export function readRequiredArguments(document: DocumentNode): RequiredArguments {
  const names = new Set<string>();
  const byField = new Map<string, ReadonlyMap<string, string>>();
  const types = document.definitions.filter(
    (definition): definition is ObjectTypeDefinitionNode => definition.kind === Kind.OBJECT_TYPE_DEFINITION,
  );
  const subgraphs = new Map(readSubgraphs(document).map(({ graph, name }) => [graph, name]));
  for (const { name: type, fields = [] } of types) {
    for (const { name: field, directives = [] } of fields) {
      for (const { name, arguments: args } of directives) {
        const requires = textOf(args, 'requires');
        if (name.value !== 'join__field' || !requires?.includes('(')) continue;
        const subgraph = subgraphs.get(textOf(args, 'graph') ?? '');
        const paths = new Map<string, string>();
        collect(selectionsOf(requires), '', (path, required) => {
          names.add(required.name.value);
          paths.set(path, nameWithArguments(required));
        });
        byField.set(`${subgraph} ${type.value}.${field.value}`, paths);
      }
    }
  }
  return { names, byField };
}

/** For a runtime type and a path: under which hidden name its value is, if it is required with arguments. */
export type RequiredName = (typename: unknown, path: string) => string | undefined;

/** What the fields that a fetch asks of its entities require with arguments. */
export function requiredNames(
  { byField }: RequiredArguments,
  subgraph: string,
  operation: string,
  isOfType: IsOfType,
): RequiredName | undefined {
  if (byField.size === 0) return undefined;
  const found: { readonly type: string; readonly paths: ReadonlyMap<string, string> }[] = [];
  visitEntityFields(operation, (type, field) => {
    const paths = byField.get(`${subgraph} ${type}.${field}`);
    if (paths !== undefined) found.push({ type, paths });
  });
  if (found.length === 0) return undefined;
  return (typename, path) =>
    found.find(({ type, paths }) => isOfType(typename, type) && paths.has(path))?.paths.get(path);
}

/** Visits the fields that a fetch asks of its entities, with the type that it asks them of. */
function visitEntityFields(operation: string, found: (type: string, field: string) => void): void {
  const visit = (type: string, { selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        visit(selection.typeCondition?.name.value ?? type, selection.selectionSet);
      else if (selection.kind === Kind.FIELD) found(type, selection.name.value);
    }
  };
  for (const { selectionSet } of rootsOf(operation)) if (selectionSet !== undefined) visit('', selectionSet);
}

/** The hidden names of all that the fields which a fetch asks of its entities require with arguments. */
export function requiredForms(
  { byField }: RequiredArguments,
  subgraph: string,
  operation: string,
  isOfType: IsOfType,
): string[] {
  const forms: string[] = [];
  visitEntityFields(operation, (type, field) => {
    for (const [key, paths] of byField) {
      const [owner, coordinate = ''] = key.split(' ');
      const [declaring, name] = coordinate.split('.');
      if (owner === subgraph && name === field && isOfType(declaring, type)) forms.push(...paths.values());
    }
  });
  return forms;
}

/** Keeps what a fetch answers for fields that are required with arguments under their hidden names as well. */
export function keepRequired(
  { names }: RequiredArguments,
  operation: string,
  isOfEntities: boolean,
): Rewrite | undefined {
  if (names.size === 0) return undefined;
  const keeps = (isOfEntities ? rootsOf(operation) : [{ selectionSet: operationOf(operation) }])
    .map(({ selectionSet }) => selectionSet && compileKeep(selectionSet, names))
    .filter((keep) => keep !== undefined);
  if (keeps.length === 0) return undefined;
  return (value) => {
    for (const keep of keeps) keep(value);
  };
}

function compileKeep({ selections }: SelectionSetNode, names: ReadonlySet<string>): Rewrite | undefined {
  const keeps: Rewrite[] = [];
  for (const selection of selections) {
    // Fragments are not told apart by type: what is not there is not kept.
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = compileKeep(selection.selectionSet, names);
      if (inner !== undefined) keeps.push(inner);
    } else if (selection.kind === Kind.FIELD) {
      const responseName = (selection.alias ?? selection.name).value;
      if (names.has(selection.name.value) && (selection.arguments?.length ?? 0) > 0) {
        const kept = nameWithArguments(selection);
        keeps.push((value) => {
          const answered = get(value, responseName);
          if (answered !== undefined) set(value, kept, answered);
        });
      }
      const inner = selection.selectionSet && compileKeep(selection.selectionSet, names);
      if (inner !== undefined) keeps.push((value) => eachObject(get(value, responseName), inner));
    }
  }
  if (keeps.length === 0) return undefined;
  return (value) => {
    for (const keep of keeps) keep(value);
  };
}

function nameWithArguments({ name, arguments: args = [] }: FieldNode): string {
  return hiddenName(
    `${name.value}(${args
      .map((argument) => print(argument))
      .sort()
      .join(', ')})`,
  );
}

function collect(
  { selections }: SelectionSetNode,
  path: string,
  found: (path: string, field: FieldNode) => void,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, path, found);
    else if (selection.kind === Kind.FIELD) {
      const here = path === '' ? selection.name.value : `${path}.${selection.name.value}`;
      if ((selection.arguments?.length ?? 0) > 0) found(here, selection);
      if (selection.selectionSet !== undefined) collect(selection.selectionSet, here, found);
    }
  }
}

function selectionsOf(fields: string): SelectionSetNode {
  return operationOf(`{ ${fields} }`);
}

function operationOf(text: string): SelectionSetNode {
  const operation = parse(text, { noLocation: true }).definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  return operation?.selectionSet ?? { kind: Kind.SELECTION_SET, selections: [] };
}

function rootsOf(operation: string): FieldNode[] {
  return operationOf(operation).selections.filter((selection) => selection.kind === Kind.FIELD);
}

function textOf(args: readonly ArgumentNode[] | undefined, name: string): string | undefined {
  const value = args?.find((argument) => argument.name.value === name)?.value;
  return value !== undefined && 'value' in value ? String(value.value) : undefined;
}
