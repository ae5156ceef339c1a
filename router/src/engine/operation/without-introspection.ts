import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';

/**
 * What is to be planned of a document: without the fields that the schema answers by itself. The planner takes those out
 * of an operation's own selection alone, and finds no way to one in a fragment.
 */
export function withoutIntrospection(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: ({ name }) => (name.value === '__schema' || name.value === '__type' ? null : undefined),
    SelectionSet: {
      leave: (set) => (set.selections.length === 0 ? { ...set, selections: [typename] } : undefined),
    },
  });
}

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };
