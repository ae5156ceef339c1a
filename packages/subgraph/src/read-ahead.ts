import {
  type FieldNode,
  type GraphQLResolveInfo,
  getArgumentValues,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/**
 * Reads what a field of entities needs for all entities of a list, so that the field's resolver has it at once for each.
 * It may do less: what it did not read, or fails to, the resolver reads for itself.
 * @param entities as the field's resolver is given them
 * @param args of the field
 */
// biome-ignore lint/suspicious/noExplicitAny: what entities and arguments a field has is known where it is resolved
export type ReadAhead<Context> = (entities: readonly any[], args: any, context: Context) => Promise<void>;

/** By type and field. */
export type ReadAheads<Context> = Readonly<Record<string, Readonly<Record<string, ReadAhead<Context>>>>>;

interface Wanted {
  readonly typename: string;
  readonly node: FieldNode;
  readonly read: ReadAhead<unknown>;
}

/**
 * Reads ahead for the entities of a list what the operation asks of them.
 * @returns what to wait for; null where nothing is to be read
 */
export type ReadEntitiesAhead = (
  entities: readonly unknown[],
  context: unknown,
  info: GraphQLResolveInfo,
) => Promise<unknown> | null;

/** @param readAheads of the subgraph */
export function entitiesAhead(readAheads: ReadAheads<never>): ReadEntitiesAhead {
  const known = new WeakMap<FieldNode, readonly Wanted[]>();
  const wantedBy = (info: GraphQLResolveInfo): readonly Wanted[] => {
    const [first] = info.fieldNodes;
    if (first === undefined) return [];
    let wanted = known.get(first);
    if (wanted === undefined) {
      wanted = info.fieldNodes.flatMap(({ selectionSet }) => wantedOf(selectionSet, '', info, readAheads));
      known.set(first, wanted);
    }
    return wanted;
  };
  return (entities, context, info) => {
    const wanted = wantedBy(info);
    if (wanted.length === 0) return null;
    const reads = wanted.map(async ({ typename, node, read }) => {
      const type = info.schema.getType(typename);
      const field = isObjectType(type) ? type.getFields()[node.name.value] : undefined;
      const ofType = entities.filter((entity) => isOf(typename, entity));
      if (field === undefined || ofType.length === 0) return;
      await read(ofType, getArgumentValues(field, node, info.variableValues), context);
    });
    return Promise.allSettled(reads);
  };
}

function wantedOf(
  selectionSet: SelectionSetNode | undefined,
  typename: string,
  info: GraphQLResolveInfo,
  readAheads: ReadAheads<never>,
): Wanted[] {
  return (selectionSet?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      const read = readAheads[typename]?.[selection.name.value];
      return read === undefined ? [] : [{ typename, node: selection, read: read as ReadAhead<unknown> }];
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD ? info.fragments[selection.name.value] : selection;
    const narrowed = fragment?.typeCondition?.name.value ?? typename;
    return wantedOf(fragment?.selectionSet, narrowed, info, readAheads);
  });
}

function isOf(typename: string, entity: unknown): boolean {
  return (entity as { __typename?: unknown } | null)?.__typename === typename;
}
