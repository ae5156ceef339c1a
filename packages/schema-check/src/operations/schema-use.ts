import {
  type ArgumentNode,
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isListType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionSetNode,
  typeFromAST,
  type ValueNode,
} from 'graphql';

/** What an operation uses of a schema. */
export interface SchemaUse {
  readonly kind: 'query' | 'mutation' | 'subscription';
  /**
   * What the document names: `Product.name`, `Query.product(id:)`, `ProductFilter.ids`, `ProductSort.NEWEST`, `@defer`,
   * `@defer(label:)`; for a fragment its type (`Product`), and what ties it to the type around it (`SearchItem.Product`
   * for a member of a union, `Product.Node` for an interface).
   */
  readonly named: ReadonlySet<string>;
  /** The types that its fields return: an answer may hold any of their values and members. */
  readonly returned: ReadonlySet<string>;
  /** The input types and enums that its variables reach: any of their fields and values may be sent. */
  readonly sent: ReadonlySet<string>;
  /** The coordinates of a part of the document, for example of one that a validation finds fault with. */
  coordinatesAt(node: ASTNode): readonly string[];
}

/** Reads what an operation uses of a schema that it is valid for. */
export function schemaUseOf(document: DocumentNode, schema: GraphQLSchema): SchemaUse {
  const named = new Set<string>();
  const returned = new Set<string>();
  const sent = new Set<string>();
  const at = new Map<ASTNode, readonly string[]>();
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  let kind: SchemaUse['kind'] = 'query';

  const name = (node: ASTNode, ...coordinates: readonly string[]) => {
    at.set(node, coordinates);
    for (const coordinate of coordinates) named.add(coordinate);
  };

  const useValue = (node: ValueNode, type: GraphQLInputType | undefined, around: readonly string[]): void => {
    const input = type && getNullableType(type);
    const inside = input && !isListType(input) ? [...around, input.name] : around;
    at.set(node, inside);
    if (node.kind === Kind.LIST) {
      for (const item of node.values) useValue(item, isListType(input) ? input.ofType : type, around);
    } else if (node.kind === Kind.ENUM && isEnumType(input)) {
      name(node, `${input.name}.${node.value}`, ...inside);
    } else if (node.kind === Kind.OBJECT) {
      const item = getNamedType(input);
      if (!isInputObjectType(item)) return;
      at.set(node, [...around, item.name]);
      for (const field of node.fields) {
        const coordinate = `${item.name}.${field.name.value}`;
        name(field, coordinate);
        useValue(field.value, item.getFields()[field.name.value]?.type, [coordinate]);
      }
    }
  };

  const useArguments = (
    given: readonly ArgumentNode[] | undefined,
    known: readonly GraphQLArgument[],
    owner: string,
  ) => {
    for (const argument of given ?? []) {
      const coordinate = `${owner}(${argument.name.value}:)`;
      name(argument, coordinate);
      const definition = known.find((candidate) => candidate.name === argument.name.value);
      useValue(argument.value, definition?.type, [coordinate]);
    }
  };

  const useDirectives = (directives: readonly DirectiveNode[] | undefined) => {
    for (const directive of directives ?? []) {
      name(directive, `@${directive.name.value}`);
      const definition = schema.getDirective(directive.name.value);
      useArguments(directive.arguments, definition?.args ?? [], `@${directive.name.value}`);
    }
  };

  const useSelections = (selections: SelectionSetNode | undefined, parent: string): void => {
    const type = schema.getType(parent);
    for (const node of selections?.selections ?? []) {
      useDirectives(node.directives);
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const condition = fragments.get(node.name.value)?.typeCondition.name.value;
        if (condition !== undefined) name(node, condition, ...tiesBetween(schema, parent, condition));
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        const condition = node.typeCondition?.name.value;
        if (condition !== undefined) name(node, condition, ...tiesBetween(schema, parent, condition));
        useSelections(node.selectionSet, condition ?? parent);
      } else {
        const field =
          isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
        const coordinate = `${parent}.${node.name.value}`;
        const returns = field && getNamedType(field.type).name;
        named.add(coordinate);
        at.set(node, returns === undefined ? [coordinate, parent] : [coordinate, parent, returns]);
        if (field === undefined || returns === undefined) continue;
        returned.add(returns);
        useArguments(node.arguments, field.args, coordinate);
        useSelections(node.selectionSet, returns);
      }
    }
  };

  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      kind = definition.operation;
      useDirectives(definition.directives);
      for (const { type, defaultValue, directives } of definition.variableDefinitions ?? []) {
        useDirectives(directives);
        const input = typeFromAST(schema, type);
        if (!isInputType(input)) continue;
        const typeName = getNamedType(input).name;
        name(innermost(type), typeName);
        addReached(input, sent);
        if (defaultValue) useValue(defaultValue, input, [typeName]);
      }
      const root = schema.getRootType(definition.operation);
      at.set(definition, [definition.operation]);
      if (root) useSelections(definition.selectionSet, root.name);
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      useDirectives(definition.directives);
      name(definition.typeCondition, definition.typeCondition.name.value);
      useSelections(definition.selectionSet, definition.typeCondition.name.value);
    }
  }
  return { kind, named, returned, sent, coordinatesAt: (node) => at.get(node) ?? [] };
}

/** How a fragment's type belongs to the type around it: as a member of a union, by an interface, or not at all. */
function tiesBetween(schema: GraphQLSchema, parent: string, condition: string): string[] {
  const [around, inside] = [schema.getType(parent), schema.getType(condition)];
  const ties: string[] = [];
  for (const [one, other] of [
    [around, inside],
    [inside, around],
  ]) {
    if (!isAbstractType(one) || !isObjectType(other)) continue;
    ties.push(isUnionType(one) ? `${one.name}.${other.name}` : `${other.name}.${one.name}`);
  }
  return ties;
}

function innermost(node: ASTNode): ASTNode {
  return 'type' in node && node.type ? innermost(node.type) : node;
}

function addReached(type: GraphQLInputType, reached: Set<string>): void {
  const named = getNamedType(type);
  if (reached.has(named.name)) return;
  if (isEnumType(named)) reached.add(named.name);
  if (!isInputObjectType(named)) return;
  reached.add(named.name);
  for (const field of Object.values(named.getFields())) addReached(field.type, reached);
}
