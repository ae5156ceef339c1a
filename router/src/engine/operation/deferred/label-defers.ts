import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

/** A document in which each deferred fragment can be told from every other. */
export interface LabelledDocument {
  readonly document: DocumentNode;
  /** The client's labels (undefined where it gave none) by those that stand for them; empty when nothing is deferred. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
}

/**
 * Gives every @defer of an operation a label of its own, by which its place in the plan is found again. Named fragments are
 * written out where they are used, since one that is used twice is deferred twice. `@defer(if: false)` is taken away.
 */
export function labelDefers(document: DocumentNode, operation: OperationDefinitionNode): LabelledDocument {
  if (!hasDefer(document)) return { document, clientLabels: new Map() };
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const clientLabels = new Map<string, string | undefined>();
  const selectionSet = rewrite(operation.selectionSet, fragments, clientLabels);
  return {
    document: { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] },
    clientLabels,
  };
}

/** The label of a deferred fragment; undefined for one that is not. */
export function deferLabelOf(directives: readonly DirectiveNode[] | undefined): string | undefined {
  const value = argumentOf(directives?.find(isDefer), 'label');
  return value?.kind === Kind.STRING ? value.value : undefined;
}

/** The same document, with nothing deferred. */
export function withoutDefers(document: DocumentNode): DocumentNode {
  return visit(document, { Directive: (directive) => (isDefer(directive) ? null : undefined) });
}

function hasDefer(document: DocumentNode): boolean {
  let isFound = false;
  visit(document, {
    Directive(directive) {
      if (isDefer(directive)) isFound = true;
    },
  });
  return isFound;
}

function rewrite(
  { selections, ...rest }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  clientLabels: Map<string, string | undefined>,
): SelectionSetNode {
  const rewritten = selections.flatMap((selection): SelectionNode[] => {
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet && rewrite(selection.selectionSet, fragments, clientLabels);
      return [{ ...selection, selectionSet: inner }];
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
    if (fragment === undefined) return [];
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: fragment.typeCondition,
        directives: (selection.directives ?? []).flatMap((directive) => labelled(directive, clientLabels)),
        selectionSet: rewrite(fragment.selectionSet, fragments, clientLabels),
      },
    ];
  });
  return { ...rest, selections: rewritten };
}

function labelled(directive: DirectiveNode, clientLabels: Map<string, string | undefined>): DirectiveNode[] {
  if (!isDefer(directive)) return [directive];
  const condition = argumentOf(directive, 'if');
  if (condition?.kind === Kind.BOOLEAN && !condition.value) return [];
  const label = `part_${clientLabels.size}`;
  const given = argumentOf(directive, 'label');
  clientLabels.set(label, given?.kind === Kind.STRING ? given.value : undefined);
  return [
    {
      ...directive,
      arguments: [
        ...(directive.arguments ?? []).filter(({ name }) => name.value !== 'label'),
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'label' },
          value: { kind: Kind.STRING, value: label },
        },
      ],
    },
  ];
}

function isDefer({ name }: DirectiveNode): boolean {
  return name.value === 'defer';
}

function argumentOf(directive: DirectiveNode | undefined, name: string) {
  return directive?.arguments?.find((argument) => argument.name.value === name)?.value;
}
