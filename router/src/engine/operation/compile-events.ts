import type { QueryPlan } from '@apollo/query-planner';
import { compileSubscription } from '../plan/compile-plan.ts';
import type { PlannedFor } from '../plan/run.ts';
import { lostError } from '../plan/subgraph-errors.ts';
import { type Answers, newRun } from './answers.ts';
import type { SubscriptionOperation } from './compiled-operation.ts';

/** Compiles a subscription: each event of the subgraph that has them goes through the rest of the plan and is answered. */
export function compileEvents(
  supergraph: PlannedFor,
  planned: QueryPlan,
  answers: Answers,
): SubscriptionOperation['subscribe'] {
  const plan = compileSubscription(planned, supergraph);
  return (variables) => {
    const read = answers.conditionsOf(variables);
    if ('refused' in read) return read.refused;
    const request = plan.request({ variables });
    return async function* ({ ask, subscribe }, ended) {
      try {
        for await (const event of subscribe(request, ended)) {
          const run = newRun(variables, read.conditions, ask);
          await plan.takeEvent(run, event);
          yield answers.answer(run);
        }
      } catch (error) {
        throw lostError(request.subgraph, error);
      }
    };
  };
}
