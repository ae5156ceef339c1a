import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { type FieldNode, Kind, parse, visit } from 'graphql';
import type { IsOfType } from '../type-conditions.ts';
import { nameWithArguments, type RequiredArguments, requiredForms } from './required-arguments.ts';

/** Fields with the arguments that somebody requires them with and nobody in the plan asks for, by their names. */
export type MissingForms = ReadonlyMap<string, readonly FieldNode[]>;

const none: MissingForms = new Map();

/**
 * Finds what a plan leaves out. Of two requirements of one field with different arguments the planner may ask for one alone; the other
 * is then asked for beside it.
 */
export function missingForms(
  node: PlanNode | SubscriptionNode | undefined,
  required: RequiredArguments,
  isOfType: IsOfType,
): MissingForms {
  if (node === undefined || required.byField.size === 0) return none;
  const needed = new Map<string, FieldNode>();
  const asked = new Set<string>();
  for (const { serviceName, operation, requires } of fetchesOf(node)) {
    if (requires !== undefined)
      for (const form of requiredForms(required, serviceName, operation, isOfType))
        needed.set(form, fieldOf(form));
    visit(parse(operation, { noLocation: true }), {
      Field(field) {
        if (required.names.has(field.name.value)) asked.add(nameWithArguments(field));
      },
    });
  }
  const missing = new Map<string, FieldNode[]>();
  for (const [form, field] of needed) {
    if (asked.has(form)) continue;
    missing.set(field.name.value, [...(missing.get(field.name.value) ?? []), field]);
  }
  return missing.size === 0 ? none : missing;
}

function fetchesOf(node: unknown): FetchNode[] {
  if (typeof node !== 'object' || node === null) return [];
  if ('kind' in node && node.kind === 'Fetch') return [node as FetchNode];
  return Object.values(node).flatMap(fetchesOf);
}

/** A form's name is the field as it is asked for, hidden by its first character. */
function fieldOf(form: string): FieldNode {
  const [operation] = parse(`{ ${form.slice(1)} }`, { noLocation: true }).definitions;
  const [field] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  if (field?.kind !== Kind.FIELD) throw new Error(`Expected a field with arguments, found ${form}`);
  return field;
}
