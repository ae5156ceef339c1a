import { type DirectiveNode, type DocumentNode, Kind, visit } from 'graphql';

/** The values that decide, for one request, what @skip and @include leave of an operation. */
export type Conditions = Readonly<Record<string, boolean>>;

/** The variables that decide over parts of a document, sorted. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = conditionOf(directive);
      if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** Whether what has these directives is left out. */
export function isLeftOut(directives: readonly DirectiveNode[] | undefined, conditions: Conditions): boolean {
  return (directives ?? []).some((directive) => {
    const value = conditionOf(directive);
    if (value === undefined) return false;
    const holds =
      value.kind === Kind.VARIABLE
        ? conditions[value.name.value] === true
        : value.kind === Kind.BOOLEAN && value.value;
    return directive.name.value === 'skip' ? holds : !holds;
  });
}

function conditionOf({ name, arguments: args }: DirectiveNode) {
  if (name.value !== 'skip' && name.value !== 'include') return undefined;
  return args?.find((argument) => argument.name.value === 'if')?.value;
}
