import type { PlanNode, QueryPlan } from '@apollo/query-planner';

/** What a plan asks of the subgraphs. */
export interface PlanCost {
  /** Requests to subgraphs, at most: of the branches of a condition the dearer one counts. */
  readonly fetches: number;
  /** Requests that wait for each other, at most: the critical path. */
  readonly depth: number;
}

const nothing: PlanCost = { fetches: 0, depth: 0 };

/** Counts the requests of a plan: in a sequence they add up, side by side the longest way counts. */
export function costOf(plan: QueryPlan): PlanCost {
  const { node } = plan;
  if (node === undefined) return nothing;
  if (node.kind !== 'Subscription') return costOfNode(node);
  return inSequence([{ fetches: 1, depth: 1 }, node.rest ? costOfNode(node.rest) : nothing]);
}

function costOfNode(node: PlanNode): PlanCost {
  switch (node.kind) {
    case 'Fetch':
      return { fetches: 1, depth: 1 };
    case 'Flatten':
      return costOfNode(node.node);
    case 'Sequence':
      return inSequence(node.nodes.map(costOfNode));
    case 'Parallel':
      return inParallel(node.nodes.map(costOfNode));
    case 'Condition': {
      const branches = [node.ifClause, node.elseClause].map((branch) =>
        branch ? costOfNode(branch) : nothing,
      );
      return {
        fetches: Math.max(...branches.map(({ fetches }) => fetches)),
        depth: Math.max(...branches.map(({ depth }) => depth)),
      };
    }
    case 'Defer':
      // What is deferred begins when what it depends on has come; that is all of the first answer, at most.
      return inSequence([
        node.primary.node ? costOfNode(node.primary.node) : nothing,
        inParallel(node.deferred.map((deferred) => (deferred.node ? costOfNode(deferred.node) : nothing))),
      ]);
  }
}

function inSequence(costs: readonly PlanCost[]): PlanCost {
  return {
    fetches: sum(costs.map(({ fetches }) => fetches)),
    depth: sum(costs.map(({ depth }) => depth)),
  };
}

function inParallel(costs: readonly PlanCost[]): PlanCost {
  return {
    fetches: sum(costs.map(({ fetches }) => fetches)),
    depth: Math.max(0, ...costs.map(({ depth }) => depth)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
