import {
  type GraphQLNamedType,
  GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
} from 'graphql';

/** A schema without the types that no operation can reach from its roots. */
export function withoutUnreachable(schema: GraphQLSchema): GraphQLSchema {
  const reachable = reachableTypes(schema);
  return new GraphQLSchema({ ...schema.toConfig(), types: [...reachable] });
}

function reachableTypes(schema: GraphQLSchema): Set<GraphQLNamedType> {
  const reached = new Set<GraphQLNamedType>();
  const pending: GraphQLNamedType[] = [];
  const reach = (type: GraphQLNamedType | null | undefined) => {
    if (!type || reached.has(type)) return;
    reached.add(type);
    pending.push(type);
  };
  for (const root of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()])
    reach(root);
  for (const { args } of schema.getDirectives()) for (const { type } of args) reach(getNamedType(type));

  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        reach(getNamedType(field.type));
        for (const argument of field.args) reach(getNamedType(argument.type));
      }
      for (const parent of type.getInterfaces()) reach(parent);
    }
    if (isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) reach(getNamedType(field.type));
    }
    // A value of an abstract type may be of any of its types.
    if (isUnionType(type) || isInterfaceType(type))
      for (const member of schema.getPossibleTypes(type)) reach(member);
  }
  return reached;
}
