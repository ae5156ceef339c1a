import type { SubgraphAnswer } from '../engine/subgraph-request.ts';

/** Whether a JSON value has the form of a GraphQL answer. */
export function isAnswer(value: unknown): value is SubgraphAnswer {
  return typeof value === 'object' && value !== null && ('data' in value || 'errors' in value);
}
