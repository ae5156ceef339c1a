import { type DocumentNode, GraphQLError } from 'graphql';
import { compilePlan } from '../plan/compile-plan.ts';
import type { Supergraph } from '../supergraph.ts';
import { compileAnswers, newRun, operationOf } from './answers.ts';
import { compileEvents } from './compile-events.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { compileParts } from './deferred/compile-parts.ts';
import { type LabelledDocument, labelDefers, withoutDefers } from './deferred/label-defers.ts';
import { protectKeys } from './protect-keys.ts';
import { withoutIntrospection } from './without-introspection.ts';

/**
 * Plans an operation and compiles its plan and its answer.
 * @param document valid against the API schema
 * @param labels those of @override that are active
 * @throws {GraphQLError} when there is no such operation, or the planner has no way to answer it
 */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
  labels: ReadonlySet<string> = new Set(),
): CompiledOperation {
  const asked = operationOf(document, operationName);
  const labelled = labelDefers(document, asked);
  if (labelled.clientLabels.size === 0) return compileLabelled(supergraph, labelled, operationName, labels);
  if (asked.operation === 'subscription') throw deferInSubscription();
  try {
    return compileLabelled(supergraph, labelled, operationName, labels);
  } catch {
    // The planner has no plan in parts for some that have one: a server may answer all at once, and what is wrong with
    // the operation itself is told then.
    return compileLabelled(supergraph, labelDefers(withoutDefers(document), asked), operationName, labels);
  }
}

function compileLabelled(
  supergraph: Supergraph,
  { document, clientLabels }: LabelledDocument,
  operationName: string | undefined,
  labels: ReadonlySet<string>,
): CompiledOperation {
  const safe = protectKeys(document, supergraph.apiSchema, supergraph.requiredArguments.names);
  const answers = compileAnswers(supergraph, safe, operationName);
  const planned = supergraph.plan(withoutIntrospection(safe.document), operationName, labels);
  const kind = answers.operation.operation;
  if (kind === 'subscription') return { kind, subscribe: compileEvents(supergraph, planned, answers) };

  const plan = compilePlan(planned, supergraph);
  return {
    kind,
    async execute(variables, ask) {
      const read = answers.conditionsOf(variables);
      if ('refused' in read) return read.refused;
      if (plan === null && answers.formOf(read.conditions).needsData)
        return { errors: [emptyPlan()], data: null };
      const run = newRun(variables, read.conditions, ask);
      if (plan !== null) await plan(run, [run.data]);
      return answers.answer(run);
    },
    executeInParts: compileParts({ supergraph, answers, safe, clientLabels, planned }),
  };
}

function deferInSubscription(): GraphQLError {
  return new GraphQLError('Expected no @defer in a subscription: each of its answers comes at once', {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
  });
}

function emptyPlan(): GraphQLError {
  return new GraphQLError('There is no way to answer this operation: its plan asks no subgraph', {
    extensions: { code: 'PLAN_EMPTY' },
  });
}
