import type { SchemaChange } from '../diff/schema-change.ts';
import type { SchemaUse } from './schema-use.ts';

/**
 * What a change does to an operation: it is refused from then on; it gets other answers than its client was written
 * for; or it is refused or not by what its variables hold.
 */
export type Effect = 'refused' | 'other-answers' | 'depends-on-variables';

/** An operation, and where it is invalid once the change is made. */
export interface OperationUnderChange {
  readonly use: SchemaUse;
  /** The coordinates at which the new schema refuses it; empty when it stays valid. */
  readonly refusedAt: ReadonlySet<string>;
}

/** The effect of a breaking change on an operation, or null when it has none. */
export function effectOfBreak(change: SchemaChange, { use, refusedAt }: OperationUnderChange): Effect | null {
  const { coordinate, code } = change;
  const owner = ownerOf(coordinate);
  const field = fieldOf(coordinate);
  const isNamed = use.named.has(coordinate);
  const isSent = use.sent.has(owner);
  switch (code) {
    case 'FIELD_TYPE_CHANGED':
      if (!isNamed) return null;
      return refusedAt.has(coordinate) ? 'refused' : 'other-answers';
    case 'FIELD_ARGUMENT_ADDED':
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
      return use.named.has(field) && (refusedAt.has(coordinate) || refusedAt.has(field)) ? 'refused' : null;
    case 'INPUT_FIELD_REMOVED':
    case 'ENUM_VALUE_REMOVED':
      if (isNamed) return 'refused';
      return isSent ? 'depends-on-variables' : null;
    case 'INPUT_FIELD_ADDED':
    case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
    case 'INPUT_FIELD_TYPE_CHANGED':
      if (refusedAt.has(owner) || refusedAt.has(coordinate)) return 'refused';
      return isSent ? 'depends-on-variables' : null;
    case 'TYPE_REMOVED':
      return refusedAt.has(coordinate) ? 'refused' : null;
    case 'TYPE_KIND_CHANGED':
      if (refusedAt.has(coordinate)) return 'refused';
      return use.returned.has(coordinate) || isNamed ? 'other-answers' : null;
    case 'SCHEMA_QUERY_TYPE_CHANGED':
    case 'SCHEMA_MUTATION_TYPE_CHANGED':
    case 'SCHEMA_SUBSCRIPTION_TYPE_CHANGED':
      return use.kind === coordinate && refusedAt.size > 0 ? 'refused' : null;
    case 'DIRECTIVE_ARGUMENT_ADDED':
    case 'DIRECTIVE_ARGUMENT_TYPE_CHANGED':
    case 'DIRECTIVE_LOCATION_REMOVED':
      return refusedAt.has(owner) || refusedAt.has(coordinate) ? 'refused' : null;
    default:
      if (isNamed) return refusedAt.size > 0 ? 'refused' : 'other-answers';
      return code.startsWith('DIRECTIVE_USAGE_') && isSent ? 'depends-on-variables' : null;
  }
}

/** Whether an operation meets a change that may surprise its client without refusing it. */
export function isTouchedByDanger(change: SchemaChange, use: SchemaUse): boolean {
  const { coordinate, code } = change;
  const owner = ownerOf(coordinate);
  switch (code) {
    case 'ENUM_VALUE_ADDED':
    case 'UNION_MEMBER_ADDED':
      return use.returned.has(owner);
    case 'OBJECT_TYPE_INTERFACE_ADDED':
      return use.returned.has(coordinate.slice(owner.length + 1));
    case 'FIELD_ARGUMENT_ADDED':
    case 'FIELD_ARGUMENT_DEFAULT_CHANGED':
      return use.named.has(fieldOf(coordinate)) && !use.named.has(coordinate);
    case 'DIRECTIVE_ARGUMENT_DEFAULT_VALUE_CHANGED':
      return use.named.has(owner) && !use.named.has(coordinate);
    case 'INPUT_FIELD_ADDED':
    case 'INPUT_FIELD_DEFAULT_VALUE_CHANGED':
      return use.sent.has(owner) || [...use.named].some((name) => name.startsWith(`${owner}.`));
    default:
      return use.named.has(coordinate);
  }
}

/** What a record of use would say was used, when a breaking change refuses it; null when it cannot tell. */
export function usedCoordinateOf({ code, coordinate }: SchemaChange): string | null {
  switch (code) {
    case 'FIELD_REMOVED':
    case 'FIELD_TYPE_CHANGED':
    case 'FIELD_ARGUMENT_REMOVED':
    case 'FIELD_ARGUMENT_TYPE_CHANGED':
    case 'INPUT_FIELD_REMOVED':
    case 'INPUT_FIELD_TYPE_CHANGED':
    case 'ENUM_VALUE_REMOVED':
    case 'TYPE_REMOVED':
      return coordinate;
    case 'FIELD_ARGUMENT_ADDED':
      return fieldOf(coordinate);
    case 'UNION_MEMBER_REMOVED':
      return coordinate.slice(ownerOf(coordinate).length + 1);
    case 'OBJECT_TYPE_INTERFACE_REMOVED':
      return ownerOf(coordinate);
    default:
      return null;
  }
}

/** `Product` of `Product.name`, `@cached` of `@cached(ttl:)`. */
function ownerOf(coordinate: string): string {
  return coordinate.replace(/[.(].*$/, '');
}

/** `Query.product` of `Query.product(id:)`. */
function fieldOf(coordinate: string): string {
  return coordinate.replace(/\(.*$/, '');
}
