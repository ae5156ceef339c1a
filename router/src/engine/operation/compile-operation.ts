import { type DocumentNode, GraphQLError } from 'graphql';
import { compilePlan } from '../plan/compile-plan.ts';
import type { Supergraph } from '../supergraph.ts';
import { compileAnswers, newRun } from './answers.ts';
import { compileEvents } from './compile-events.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { protectKeys } from './protect-keys.ts';

/**
 * Plans an operation and compiles its plan and its answer.
 * @param document valid against the API schema
 * @throws {GraphQLError} when there is no such operation, or the planner has no way to answer it
 */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledOperation {
  const safe = protectKeys(document, supergraph.apiSchema, supergraph.requiredArguments.names);
  const answers = compileAnswers(supergraph, safe, operationName);
  const planned = supergraph.plan(safe.document, operationName);
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
  };
}

function emptyPlan(): GraphQLError {
  return new GraphQLError('There is no way to answer this operation: its plan asks no subgraph', {
    extensions: { code: 'PLAN_EMPTY' },
  });
}
