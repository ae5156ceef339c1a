import type { FetchNode, PlanNode, SubscriptionNode } from '@apollo/query-planner';
import { type FieldNode, Kind, parse } from 'graphql';
import type { IsOfType } from '../type-conditions.ts';
import { type RequiredArguments, requiredForms } from './required-arguments.ts';

/** Fields that a plan requires with different arguments, by their names; each as it is required. */
export type CompetingForms = ReadonlyMap<string, readonly FieldNode[]>;

const none: CompetingForms = new Map();

/**
 * Finds fields that a plan requires with different arguments. Of two such requirements on one object the planner may ask for one
 * alone; wherever it asks for one, all of them are asked for.
 */
export function competingForms(
  node: PlanNode | SubscriptionNode | undefined,
  required: RequiredArguments,
  isOfType: IsOfType,
): CompetingForms {
  if (node === undefined || required.byField.size === 0) return none;
  const needed = new Set<string>();
  for (const { serviceName, operation, requires } of fetchesOf(node))
    if (requires !== undefined)
      for (const form of requiredForms(required, serviceName, operation, isOfType)) needed.add(form);
  const byName = new Map<string, FieldNode[]>();
  for (const form of needed) {
    const field = fieldOf(form);
    byName.set(field.name.value, [...(byName.get(field.name.value) ?? []), field]);
  }
  const competing = [...byName].filter(([, forms]) => forms.length > 1);
  return competing.length === 0 ? none : new Map(competing);
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
