import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  visit,
} from 'graphql';

/** An operation whose response names cannot be taken for the fields that a plan fetches for itself. */
export interface ProtectedOperation {
  readonly document: DocumentNode;
  /** Response names of the client, by the names that stand for them in the plan. */
  readonly clientNames: ReadonlyMap<string, string>;
}

/**
 * Plans fetch keys and required fields under their own names, beside what the client asked for. An alias that is such
 * a name (`{ id: name }`), or a field with arguments that is also required with others, would be mistaken for them.
 * Here each gets a name that no field of the schema has; the answer is given the client's names again.
 * @param requiredWithArguments names of fields that some subgraph requires with arguments
 */
export function protectKeys(
  document: DocumentNode,
  schema: GraphQLSchema,
  requiredWithArguments: ReadonlySet<string>,
): ProtectedOperation {
  const fieldNames = fieldNamesOf(schema);
  const clientNames = new Map<string, string>();
  const internalNames = new Map<string, string>();
  const nameFor = (field: FieldNode): string => {
    const wanted = (field.alias ?? field.name).value;
    const key = `${wanted} ${field.name.value}`;
    const known = internalNames.get(key);
    if (known !== undefined) return known;
    let name = `${wanted}_${internalNames.size}`;
    while (fieldNames.has(name) || clientNames.has(name)) name = `${name}_`;
    internalNames.set(key, name);
    clientNames.set(name, wanted);
    return name;
  };
  const isMistakable = ({ alias, name, arguments: args }: FieldNode) =>
    (alias !== undefined && alias.value !== name.value && fieldNames.has(alias.value)) ||
    ((args?.length ?? 0) > 0 &&
      requiredWithArguments.has(name.value) &&
      (alias ?? name).value === name.value);
  const protectedDocument = visit(document, {
    Field: (field) =>
      isMistakable(field) ? { ...field, alias: { kind: field.name.kind, value: nameFor(field) } } : undefined,
  });
  return { document: clientNames.size === 0 ? document : protectedDocument, clientNames };
}

const namesBySchema = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

function fieldNamesOf(schema: GraphQLSchema): ReadonlySet<string> {
  const known = namesBySchema.get(schema);
  if (known !== undefined) return known;
  const names = new Set(['__typename']);
  for (const type of Object.values(schema.getTypeMap()))
    if (isObjectType(type) || isInterfaceType(type))
      for (const name of Object.keys(type.getFields())) names.add(name);
  namesBySchema.set(schema, names);
  return names;
}
