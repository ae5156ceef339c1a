import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import { costOf } from '../src/plans/plan-cost.ts';

const fetch: PlanNode = {
  kind: 'Fetch',
  serviceName: 'catalog',
  operation: '{book{id}}',
  operationName: undefined,
  operationKind: 'query',
} as PlanNode;
const flat: PlanNode = { kind: 'Flatten', path: ['book'], node: fetch };
const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });

test.each<[string, QueryPlan['node'], number, number]>([
  ['nothing', undefined, 0, 0],
  ['one request', fetch, 1, 1],
  ['one after another', sequence(fetch, flat, flat), 3, 3],
  ['side by side', parallel(flat, flat, flat), 3, 1],
  ['the longest way of what runs side by side', sequence(fetch, parallel(sequence(flat, flat), flat)), 4, 3],
  [
    'the dearer branch of a condition',
    sequence(fetch, {
      kind: 'Condition',
      condition: 'with',
      ifClause: parallel(flat, flat),
      elseClause: sequence(flat),
    }),
    3,
    2,
  ],
  ['a condition without a branch', { kind: 'Condition', condition: 'with', ifClause: flat }, 1, 1],
  [
    'what is deferred after what is not',
    {
      kind: 'Defer',
      primary: { node: fetch },
      deferred: [
        { depends: [], queryPath: [], node: sequence(flat, flat) },
        { depends: [], queryPath: [], node: flat },
        { depends: [], queryPath: [] },
      ],
    },
    4,
    3,
  ],
  ['what follows an event', { kind: 'Subscription', primary: fetch, rest: flat } as QueryPlan['node'], 2, 2],
])('counts %s', (_title, node, fetches, depth) => {
  expect(costOf(node ? { kind: 'QueryPlan', node } : { kind: 'QueryPlan' })).toEqual({ fetches, depth });
});
