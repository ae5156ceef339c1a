import type { DeferNode, DeferredNode, PlanNode } from '@apollo/query-planner';
import type { Conditions } from '../operation/conditions.ts';
import { compileNode } from './compile-plan.ts';
import type { GraphFacts, PlanStep } from './run.ts';

/** A plan that leaves parts of an answer for later. */
export interface DeferPlan {
  /** Fetches what is answered first. Null when that is nothing. */
  readonly primary: PlanStep | null;
  readonly parts: readonly PartPlan[];
}

/** The plan of one part. */
export interface PartPlan {
  /** Of its @defer. */
  readonly label: string;
  /** Fetches that it needs the answers of. */
  readonly depends: readonly string[];
  /** Where its fragment is: response names of the plan, and type conditions as `... on Product`. */
  readonly path: readonly string[];
  /** Null when all that it shows has been fetched before. */
  readonly step: PlanStep | null;
  /** Parts that are deferred within this one. */
  readonly parts: readonly PartPlan[];
}

/** Chooses by the conditions of a request: a plan with parts, or null where nothing is deferred. */
export type ChooseDeferPlan = (conditions: Conditions) => DeferPlan | null;

/** Compiles the parts of a plan. A plan has one way for each combination of conditions that @defer depends on. */
export function compileDefers(node: PlanNode, graph: GraphFacts): ChooseDeferPlan {
  if (node.kind === 'Defer') {
    const plan = compileDefer(node, graph);
    return () => plan;
  }
  if (node.kind !== 'Condition') return () => null;
  const holds = node.ifClause && compileDefers(node.ifClause, graph);
  const fails = node.elseClause && compileDefers(node.elseClause, graph);
  return (conditions) => (conditions[node.condition] === true ? holds : fails)?.(conditions) ?? null;
}

function compileDefer({ primary, deferred }: DeferNode, graph: GraphFacts): DeferPlan {
  return {
    primary: primary.node === undefined ? null : compileNode(primary.node, [], graph),
    parts: deferred.map((part) => compilePart(part, graph)),
  };
}

function compilePart({ label, depends, queryPath, node }: DeferredNode, graph: GraphFacts): PartPlan {
  if (label === undefined) throw new Error('Expected a label for each part that is deferred');
  const own = { label, depends: depends.map(({ id }) => id), path: queryPath };
  if (node?.kind !== 'Defer')
    return { ...own, step: node === undefined ? null : compileNode(node, [], graph), parts: [] };
  const { primary, parts } = compileDefer(node, graph);
  return { ...own, step: primary, parts };
}
