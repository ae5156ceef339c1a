import {
  type ArgumentDefinition,
  type EnumValue,
  errorCauses,
  type FieldDefinition,
  INACCESSIBLE_VERSIONS,
  type InputFieldDefinition,
  type InputObjectType,
  type InterfaceType,
  type NamedType,
  type ObjectType,
  type Schema,
  type Supergraph,
} from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import type { ContractVariant } from './contract-variants.ts';
import { withoutUnreachable } from './reachable-types.ts';

/** What a variant comes to. */
export type ContractSchema =
  | { readonly apiSchema: GraphQLSchema; readonly problems?: never }
  | { readonly apiSchema?: never; readonly problems: readonly ContractProblem[] };

/** Why the tags cut out no valid schema. */
export interface ContractProblem {
  /** Such as REFERENCED_INACCESSIBLE. */
  readonly code: string;
  readonly message: string;
}

type Element =
  | NamedType
  | FieldDefinition<ObjectType | InterfaceType>
  | InputFieldDefinition
  | ArgumentDefinition<FieldDefinition<ObjectType | InterfaceType>>
  | EnumValue;

const tagSpec = 'https://specs.apollo.dev/tag';
const inaccessibleSpec = 'https://specs.apollo.dev/inaccessible';

/**
 * The API schema of a variant: what its tags leave out is made @inaccessible, and types that no operation can reach are
 * removed. A tag of an object or interface type counts for each of its fields, and a type of which nothing is left goes
 * too: https://www.apollographql.com/docs/graphos/platform/schema-management/delivery/contracts/contract-reference
 */
export function contractSchema(
  supergraph: Supergraph,
  whole: GraphQLSchema,
  variant: ContractVariant,
): ContractSchema {
  const schema = supergraph.schema.clone();
  const hidden = hiddenBy(variant, schema);
  if (hidden.size === 0) return { apiSchema: whole };
  try {
    const inaccessible = inaccessibleDirective(schema);
    for (const element of hidden) {
      if (!element.hasAppliedDirective(inaccessible)) {
        element.applyDirective(inaccessible);
      }
    }
    return { apiSchema: withoutUnreachable(schema.toAPISchema().toGraphQLJSSchema({ includeDefer: true })) };
  } catch (error) {
    const causes = error instanceof Error ? errorCauses(error) : undefined;
    if (!causes) throw error;
    return {
      problems: causes.map(({ message, extensions }) => ({ code: String(extensions['code']), message })),
    };
  }
}

/** The name of the directive in this schema, which gets it when no subgraph has used it. */
function inaccessibleDirective(schema: Schema): string {
  const known = schema.coreFeatures?.getByIdentity(inaccessibleSpec);
  if (known) return known.nameInSchema;
  const latest = INACCESSIBLE_VERSIONS.latest();
  schema.coreFeatures?.coreDefinition.applyFeatureToSchema(
    schema,
    latest,
    undefined,
    latest.defaultCorePurpose,
  );
  return 'inaccessible';
}

function hiddenBy({ include, exclude }: ContractVariant, schema: Schema): Set<Element> {
  const tagDirective = schema.coreFeatures?.getByIdentity(tagSpec)?.nameInSchema;
  const tagsOf = (element: Element): string[] =>
    tagDirective === undefined
      ? []
      : element.appliedDirectivesOf(tagDirective).map((directive) => String(directive.arguments()['name']));
  const isExcluded = (tags: readonly string[]) => tags.some((tag) => exclude.includes(tag));
  const isNotIncluded = (tags: readonly string[]) =>
    include.length > 0 && !tags.some((tag) => include.includes(tag));

  const hidden = new Set<Element>();
  const hide = (element: Element, isOut: boolean) => {
    if (isOut) hidden.add(element);
  };
  for (const type of schema.types()) {
    if (schema.coreFeatures?.sourceFeature(type)) continue;
    const tags = tagsOf(type);
    hide(type, isExcluded(tags));
    switch (type.kind) {
      case 'ObjectType':
      case 'InterfaceType':
        for (const field of type.fields()) {
          const own = [...tags, ...tagsOf(field)];
          hide(field, isExcluded(own) || isNotIncluded(own));
          for (const argument of field.arguments()) hide(argument, isExcluded(tagsOf(argument)));
        }
        hide(
          type,
          type.fields().every((field) => hidden.has(field)),
        );
        break;
      case 'InputObjectType':
        hideInput(type, (field) => isExcluded(tagsOf(field)), hide, hidden);
        break;
      case 'EnumType':
        for (const value of type.values) hide(value, isExcluded(tagsOf(value)));
        hide(
          type,
          type.values.every((value) => hidden.has(value)),
        );
        break;
      case 'UnionType':
        hide(type, isNotIncluded(tags));
        break;
      case 'ScalarType':
    }
  }
  // Only now is it known which object types are out.
  for (const union of schema.unionTypes()) {
    hide(
      union,
      union.types().every((member) => hidden.has(member)),
    );
  }
  return hidden;
}

function hideInput(
  type: InputObjectType,
  isOut: (field: InputFieldDefinition) => boolean,
  hide: (element: Element, isOut: boolean) => void,
  hidden: ReadonlySet<Element>,
): void {
  for (const field of type.fields()) hide(field, isOut(field));
  hide(
    type,
    type.fields().every((field) => hidden.has(field)),
  );
}
