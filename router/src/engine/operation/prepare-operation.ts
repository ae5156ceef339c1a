import { type DocumentNode, GraphQLError } from 'graphql';
import type { Supergraph } from '../supergraph.ts';
import { operationOf } from './answers.ts';
import { labelDefers } from './deferred/label-defers.ts';
import { type ProtectedOperation, protectKeys } from './protect-keys.ts';
import { withoutIntrospection } from './without-introspection.ts';

/** An operation in the form in which it is planned and answered, wherever its plan is made. */
export interface PreparedOperation {
  readonly operationName: string | undefined;
  /** With labels of ours, and no client's name where a key goes. */
  readonly safe: ProtectedOperation;
  /** The client's labels of @defer by ours; empty when nothing is deferred. */
  readonly clientLabels: ReadonlyMap<string, string | undefined>;
  /** What the planner is given: its plan is the one that the operation is compiled with. */
  readonly toPlan: DocumentNode;
}

/**
 * Prepares an operation to be planned.
 * @param document valid against the API schema
 * @throws {GraphQLError} when there is no such operation, or a subscription defers
 */
export function prepareOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
): PreparedOperation {
  const asked = operationOf(document, operationName);
  const labelled = labelDefers(document, asked);
  const { clientLabels } = labelled;
  if (asked.operation === 'subscription' && clientLabels.size > 0) throw deferInSubscription();
  const safe = protectKeys(labelled.document, supergraph.apiSchema, supergraph.requiredArguments.names);
  return { operationName, safe, clientLabels, toPlan: withoutIntrospection(safe.document) };
}

function deferInSubscription(): GraphQLError {
  return new GraphQLError('Expected no @defer in a subscription: each of its answers comes at once', {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
}
