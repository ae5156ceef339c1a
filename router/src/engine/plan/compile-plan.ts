import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { isInterfaceType } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest } from '../subgraph-request.ts';
import { typeConditions } from '../type-conditions.ts';
import { competingForms } from './competing-forms.ts';
import { compileFetch, compileRequest, compileRootAnswer } from './compile-fetch.ts';
import type { GraphFacts, PlannedFor, PlanStep, Run } from './run.ts';
import { objectsAt, type PlanPath } from './targets.ts';

/**
 * Compiles a plan, once for all its executions.
 * @param supergraph what the plan was made for
 * @returns null for a plan that has nothing to fetch
 * @throws {Error} for a node that this engine does not execute
 */
export function compilePlan({ node }: QueryPlan, supergraph: PlannedFor): PlanStep | null {
  if (node === undefined) return null;
  if (node.kind === 'Subscription') throw new Error('A subscription is not executed as a query');
  return compileNode(node, [], factsOf(supergraph, node));
}

/** The plan of a subscription. */
export interface SubscriptionPlan {
  /** What opens it, at the subgraph whose events it is made of. */
  request(run: Pick<Run, 'variables'>): SubgraphRequest;
  /** Takes one event into the data of a run, and fetches the rest of what was asked of it. */
  readonly takeEvent: (run: Run, event: SubgraphAnswer) => Promise<void>;
}

/**
 * Compiles the plan of a subscription.
 * @throws {Error} when it is the plan of something else
 */
export function compileSubscription({ node }: QueryPlan, supergraph: PlannedFor): SubscriptionPlan {
  if (node?.kind !== 'Subscription')
    throw new Error(`Expected the plan of a subscription, found ${node?.kind}`);
  const facts = factsOf(supergraph, node);
  const request = compileRequest(node.primary);
  const take = compileRootAnswer(node.primary, [], facts);
  const rest = node.rest && compileNode(node.rest, [], facts);
  return {
    request: (run) => request(run, undefined),
    async takeEvent(run, event) {
      take(run, [run.data], event);
      await rest?.(run, [run.data]);
    },
  };
}

/** What fetches need to know of a supergraph, and of the plan that they are in. */
export function factsOf({ schema, requiredArguments }: PlannedFor, plan: QueryPlan['node']): GraphFacts {
  const isOfType = typeConditions(schema);
  return {
    isOfType,
    isInterface: (typename) => typeof typename === 'string' && isInterfaceType(schema.getType(typename)),
    requiredArguments,
    competingForms: competingForms(plan, requiredArguments, isOfType),
  };
}

/** Compiles a part of a plan. @param path where in the whole answer its targets are */
export function compileNode(node: PlanNode, path: PlanPath, graph: GraphFacts): PlanStep {
  switch (node.kind) {
    case 'Fetch': {
      const { id } = node;
      const step = compileFetch(node, path, graph);
      if (id === undefined) return step;
      return async (run, targets) => {
        await step(run, targets);
        run.fetched?.(id);
      };
    }
    case 'Flatten': {
      const step = compileNode(node.node, [...path, ...node.path], graph);
      return async (run, targets) => {
        const found = objectsAt(targets, node.path);
        if (found.length > 0) await step(run, found);
      };
    }
    case 'Sequence': {
      const steps = node.nodes.map((child) => compileNode(child, path, graph));
      return async (run, targets) => {
        for (const step of steps) await step(run, targets);
      };
    }
    case 'Parallel': {
      const steps = node.nodes.map((child) => compileNode(child, path, graph));
      return async (run, targets) => {
        await Promise.all(steps.map((step) => step(run, targets)));
      };
    }
    case 'Condition': {
      const holds = node.ifClause && compileNode(node.ifClause, path, graph);
      const fails = node.elseClause && compileNode(node.elseClause, path, graph);
      return async (run, targets) => {
        await (run.conditions[node.condition] === true ? holds : fails)?.(run, targets);
      };
    }
    case 'Defer': {
      // As a whole: what could be later comes after what has to be first.
      const primary = node.primary.node && compileNode(node.primary.node, path, graph);
      const parts = node.deferred.flatMap((part) =>
        part.node === undefined ? [] : [compileNode(part.node, path, graph)],
      );
      return async (run, targets) => {
        await primary?.(run, targets);
        await Promise.all(parts.map((step) => step(run, targets)));
      };
    }
  }
}
