import {
  type ASTNode,
  type DirectiveNode,
  type EnumTypeDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  type TypeNode,
} from 'graphql';
import type { ParsedSubgraph } from '../graph/parsed-subgraphs.ts';
import type { Finding } from '../report/finding.ts';

export type TypeKind = 'object' | 'interface' | 'union' | 'enum' | 'input' | 'scalar';

/** A type as one subgraph declares it: its definition and its extensions together. */
export interface LintedType {
  readonly name: string;
  readonly kind: TypeKind;
  readonly subgraph: ParsedSubgraph;
  /** The definition, or the first extension of a type that the subgraph only extends. */
  readonly node: ASTNode;
  readonly description: string | null;
  /** Whether the subgraph only extends it: by `extend type` or by @extends. */
  readonly isExtension: boolean;
  readonly fields: readonly FieldDefinitionNode[];
  readonly inputFields: readonly InputValueDefinitionNode[];
  readonly values: readonly NonNullable<EnumTypeDefinitionNode['values']>[number][];
  readonly members: readonly NamedTypeNode[];
  readonly interfaces: readonly string[];
  readonly directives: readonly DirectiveNode[];
}

export interface LintedSubgraph {
  readonly source: ParsedSubgraph;
  readonly types: ReadonlyMap<string, LintedType>;
}

/** What a project decides about its lint, beside the rules. */
export interface LintSettings {
  /** The subgraph that owns an entity, by the name of the entity, where it cannot be told from the schemas. */
  readonly origins: Readonly<Record<string, string>>;
  /** Words that mutations may start with, beside those that the rule knows. */
  readonly verbs: readonly string[];
}

/** A rule looks at all subgraphs, as some rules are about how they go together. */
export type LintRule = (
  subgraphs: readonly LintedSubgraph[],
  settings: LintSettings,
) => Generator<Omit<Finding, 'step'>>;

/** The names that a schema gives its root types unless it says otherwise. */
export const rootTypes: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

/** Collects the types of a subgraph; what federation adds by itself (`_Service`, `federation__FieldSet`) is left out. */
export function lintedSubgraph(source: ParsedSubgraph): LintedSubgraph {
  const types = new Map<string, LintedType>();
  for (const node of source.document.definitions) {
    const kind = kinds[node.kind];
    if (kind === undefined || !('name' in node) || node.name === undefined) continue;
    const name = node.name.value;
    if (name.startsWith('_') || name.includes('__')) continue;
    const isExtension = node.kind.endsWith('Extension') || hasDirective(node, 'extends');
    const known = types.get(name);
    const owner = known && !(known.isExtension && !isExtension) ? known : null;
    types.set(name, {
      name,
      kind,
      subgraph: source,
      node: owner?.node ?? node,
      description:
        owner?.description ??
        (('description' in node && node.description?.value) || known?.description || null),
      isExtension: isExtension && (known?.isExtension ?? true),
      fields: [...(known?.fields ?? []), ...fieldsOf(node)],
      inputFields: [...(known?.inputFields ?? []), ...inputFieldsOf(node)],
      values: [...(known?.values ?? []), ...(('values' in node && node.values) || [])],
      members: [...(known?.members ?? []), ...(('types' in node && node.types) || [])],
      interfaces: [
        ...(known?.interfaces ?? []),
        ...(('interfaces' in node && node.interfaces) || []).map((implemented) => implemented.name.value),
      ],
      directives: [...(known?.directives ?? []), ...(('directives' in node && node.directives) || [])],
    });
  }
  return { source, types };
}

const kinds: Readonly<Partial<Record<Kind, TypeKind>>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
  [Kind.SCALAR_TYPE_EXTENSION]: 'scalar',
};

function fieldsOf(node: ASTNode): readonly FieldDefinitionNode[] {
  if (!('fields' in node)) return [];
  return (node.fields ?? []).flatMap((field) => (field.kind === Kind.FIELD_DEFINITION ? field : []));
}

function inputFieldsOf(node: ASTNode): readonly InputValueDefinitionNode[] {
  if (!('fields' in node)) return [];
  return (node.fields ?? []).flatMap((field) => (field.kind === Kind.INPUT_VALUE_DEFINITION ? field : []));
}

/** Whether a part of a schema has a directive, whatever its namespace (`@key`, `@federation__key`). */
export function hasDirective(
  node:
    | { readonly directives?: readonly { readonly name: { readonly value: string } }[] | undefined }
    | ASTNode,
  name: string,
): boolean {
  const directives = ('directives' in node && node.directives) || [];
  return directives.some(
    (directive) => directive.name.value === name || directive.name.value === `federation__${name}`,
  );
}

/** The sets of key fields of a type, for example `id` and `brand { id } sku`; `resolvable` false is told. */
export function keysOf(type: LintedType): { readonly fields: string; readonly isResolvable: boolean }[] {
  return type.directives
    .filter((directive) => hasDirective({ directives: [directive] }, 'key'))
    .map((directive) => {
      const argument = (name: string) =>
        directive.arguments?.find((given) => given.name.value === name)?.value;
      const fields = argument('fields');
      const resolvable = argument('resolvable');
      return {
        fields: fields?.kind === Kind.STRING ? fields.value : '',
        isResolvable: !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value),
      };
    });
}

/** The name of the type inside lists and non-nulls. */
export function namedTypeOf(node: TypeNode): string {
  return node.kind === Kind.NAMED_TYPE ? node.name.value : namedTypeOf(node.type);
}

/** Whether a type is a list, non-null or not. */
export function isList(node: TypeNode): boolean {
  return node.kind === Kind.LIST_TYPE || (node.kind === Kind.NON_NULL_TYPE && isList(node.type));
}

/** A type as the schema writes it, for example `[Product!]!`. */
export function written(node: TypeNode): string {
  if (node.kind === Kind.NAMED_TYPE) return node.name.value;
  return node.kind === Kind.LIST_TYPE ? `[${written(node.type)}]` : `${written(node.type)}!`;
}

/** Where a part of a schema is. A part with a description is where its description ends, not where it begins. */
export function placeOf(
  { file }: ParsedSubgraph,
  node: ASTNode,
): { readonly file: string; readonly line?: number } {
  const at = 'name' in node && node.name && 'loc' in node.name ? node.name.loc : node.loc;
  return at ? { file, line: at.startToken.line } : { file };
}

/** The words of a name: `addItemToCart` has add, item, to, cart. */
export function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());
}
