import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { compilePlan } from '../plan/compile-plan.ts';
import type { Supergraph } from '../supergraph.ts';
import { compileAnswers, newRun } from './answers.ts';
import { compileEvents } from './compile-events.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { compileParts } from './deferred/compile-parts.ts';
import type { PreparedOperation } from './prepare-operation.ts';

/**
 * Compiles the plan of an operation, and its answer.
 * @param planned the plan of `prepared.toPlan`
 * @throws {GraphQLError} when it cannot be answered
 */
export function compileOperation(
  supergraph: Supergraph,
  prepared: PreparedOperation,
  planned: QueryPlan,
): CompiledOperation {
  const answers = compileAnswers(supergraph, prepared.safe, prepared.operationName);
  const kind = answers.operation.operation;
  if (kind === 'subscription') return { kind, subscribe: compileEvents(supergraph, planned, answers) };

  const plan = compilePlan(planned, supergraph);
  return {
    kind,
    async execute(variables, ask, asBytes = false) {
      const read = answers.conditionsOf(variables);
      if ('refused' in read) return read.refused;
      const form = answers.formOf(read.conditions);
      if (plan === null && form.needsData) return { errors: [emptyPlan()], data: null };
      const run = newRun(variables, read.conditions, ask);
      if (plan !== null) await plan(run, [run.data]);
      const bytes = asBytes && run.errors.length === 0 ? form.write(run.data, run.isUnescaped) : null;
      return bytes === null ? answers.answer(run) : { bytes };
    },
    executeInParts: compileParts({ supergraph, answers, prepared, planned }),
  };
}

function emptyPlan(): GraphQLError {
  return new GraphQLError('There is no way to answer this operation: its plan asks no subgraph', {
    extensions: { code: 'PLAN_EMPTY' },
  });
}
