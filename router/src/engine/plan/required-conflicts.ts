import type { FetchNode } from '@apollo/query-planner';
import {
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  stripIgnoredCharacters,
  visit,
} from 'graphql';
import type { CompetingForms } from './competing-forms.ts';

/**
 * A fetch in which no field stands for two. Where a field is required with different arguments, and one of them on a
 * condition, the planner asks for both under one name, which no subgraph can answer; here each gets a name of its own. What
 * they answer is kept by arguments in any case.
 * @param names of fields that are required with arguments
 * @param competing what is to be asked for beside the same field with other arguments
 */
export function withoutConflicts(
  fetch: FetchNode,
  names: ReadonlySet<string>,
  competing: CompetingForms,
): FetchNode {
  if (names.size === 0) return fetch;
  const document = parse(fetch.operation, { noLocation: true });
  const aliases = new Map<FieldNode, string>();
  visit(document, {
    SelectionSet(set) {
      const byName = new Map<string, FieldNode[]>();
      for (const field of fieldsOf(set)) {
        if (field.alias !== undefined || !names.has(field.name.value)) continue;
        byName.set(field.name.value, [...(byName.get(field.name.value) ?? []), field]);
      }
      for (const [name, fields] of byName) {
        const forms = [...new Set(fields.map(argumentsOf))];
        if (forms.length < 2) continue;
        for (const field of fields) aliases.set(field, `${name}_form${forms.indexOf(argumentsOf(field))}`);
      }
    },
  });
  if (aliases.size === 0 && competing.size === 0) return fetch;
  const changed = visit(document, {
    Field: {
      enter(field) {
        const alias = aliases.get(field);
        return alias === undefined ? undefined : { ...field, alias: { kind: Kind.NAME, value: alias } };
      },
    },
    SelectionSet: {
      leave(set) {
        const added = set.selections.flatMap((selection) =>
          selection.kind === Kind.FIELD ? formsBeside(selection, competing) : [],
        );
        return added.length === 0 ? undefined : { ...set, selections: [...set.selections, ...added] };
      },
    },
  });
  return { ...fetch, operation: stripIgnoredCharacters(print(changed)) };
}

function formsBeside({ name, alias }: FieldNode, competing: CompetingForms): FieldNode[] {
  // Under another name it is the client's own.
  if (alias !== undefined && !alias.value.startsWith(`${name.value}_form`)) return [];
  return (competing.get(name.value) ?? []).map((form, index) => ({
    ...form,
    alias: { kind: Kind.NAME, value: `${name.value}_also${index}` },
  }));
}

/** The fields of an object, those in inline fragments as well. */
function fieldsOf({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? fieldsOf(selection.selectionSet) : [];
  });
}

function argumentsOf({ arguments: given = [] }: FieldNode): string {
  return given
    .map((argument) => print(argument))
    .sort()
    .join();
}
