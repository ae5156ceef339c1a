import type { QueryPlan } from '@apollo/query-planner';
import { type DocumentNode, type GraphQLSchema, Kind, type OperationDefinitionNode } from 'graphql';
import type { GraphVersion } from '../graph/graph-version.ts';
import { supergraphOf } from '../graph/supergraph-of.ts';
import type { KnownOperation } from '../operations/known-operation.ts';
import { documentOf, refusalsOf } from '../operations/validate-operation.ts';
import type { Finding } from '../report/finding.ts';
import type { CheckContext, Step } from '../step.ts';
import { type Budget, type Budgets, budgetsFile, readBudgets } from './budgets.ts';
import { describePlan } from './describe-plan.ts';
import { partsOfOperation } from './operation-parts.ts';
import { costOf, type PlanCost } from './plan-cost.ts';
import { type Planner, plannerOf, politely } from './planner.ts';
import { changedParts, partsOf } from './supergraph-parts.ts';

/**
 * What the known operations cost: the requests of their query plans, in all and one after another. An operation that has
 * a budget must keep to it; any other may cost no more than it did before. One whose plan cannot have changed is not
 * planned, and one that is not valid on a version is for the step of the operations.
 */
export const plansStep: Step = async (before, after, context) => {
  const budgets = readBudgets(context.root);
  const operations = distinct(context.operations);
  const findings = [...budgets.findings, ...unusedBudgets(budgets, operations)];
  const supergraph = supergraphOf(after);
  if (!supergraph || !after.apiSchema) return findings;

  const formerly = before && supergraphOf(before);
  if (before && !formerly) findings.push(noPlansOf(before));
  const now: Side = { schema: after.apiSchema, planner: plannerOf(supergraph) };
  const then: Side | null =
    before?.apiSchema && formerly ? { schema: before.apiSchema, planner: plannerOf(formerly) } : null;

  const mayDiffer = then && before ? whatMayDiffer(before, after) : () => false;
  const toPlan = operations.filter(
    (operation) => budgets.byOperation.has(operation.definition.name?.value ?? '') || mayDiffer(operation),
  );
  const breathe = politely();
  for (const [index, operation] of toPlan.entries()) {
    context.progress(`plans: ${index} of ${toPlan.length}`);
    await breathe();
    findings.push(...compare(operation, budgets, then, now, before?.label ?? ''));
  }
  return findings;
};

interface Side {
  readonly schema: GraphQLSchema;
  readonly planner: Planner;
}

/** An operation, and who sends it. */
interface DistinctOperation {
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  readonly known: readonly [KnownOperation, ...KnownOperation[]];
}

/** Clients that send the same text get one plan. */
function distinct(operations: CheckContext['operations']): DistinctOperation[] {
  const byText = new Map<string, [KnownOperation, ...KnownOperation[]]>();
  for (const operation of operations) {
    const key = JSON.stringify([operation.name, operation.body]);
    const same = byText.get(key);
    if (same) same.push(operation);
    else byText.set(key, [operation]);
  }
  return [...byText.values()].flatMap((known) => {
    const [{ name }] = known;
    const document = documentOf(known[0]);
    const definition = document.definitions.find(
      (candidate): candidate is OperationDefinitionNode =>
        candidate.kind === Kind.OPERATION_DEFINITION && (name === null || candidate.name?.value === name),
    );
    return definition ? [{ document, definition, known }] : [];
  });
}

function whatMayDiffer(before: GraphVersion, after: GraphVersion): (operation: DistinctOperation) => boolean {
  if (before.supergraphSdl === null || after.supergraphSdl === null) return () => false;
  if (before.supergraphSdl === after.supergraphSdl) return () => false;
  const sides = [partsOf(before.supergraphSdl), partsOf(after.supergraphSdl)] as const;
  const changed = changedParts(...sides);
  return ({ document, definition }) =>
    changed.size > 0 &&
    sides.some((side) => [...partsOfOperation(document, definition, side)].some((part) => changed.has(part)));
}

interface Planned {
  readonly plan: QueryPlan;
  readonly cost: PlanCost;
}

function compare(
  operation: DistinctOperation,
  budgets: Budgets,
  then: Side | null,
  now: Side,
  beforeLabel: string,
): Finding[] {
  if (!isValid(operation, now)) return [];
  const was = then && isValid(operation, then) ? planned(operation, then) : null;
  const is = planned(operation, now);
  if (is instanceof Error) return was instanceof Error ? [] : [noPlan(operation, is)];
  const former = was instanceof Error ? null : was;
  const budget = budgets.byOperation.get(operation.definition.name?.value ?? '');
  if (budget) return exceeds(is.cost, budget) ? [overBudget(operation, budget, former, is, beforeLabel)] : [];
  return former && exceeds(is.cost, former.cost) ? [dearer(operation, former, is, beforeLabel)] : [];
}

function isValid({ document }: DistinctOperation, { schema }: Side): boolean {
  return refusalsOf(document, schema).length === 0;
}

function planned({ document, known }: DistinctOperation, { planner }: Side): Planned | Error {
  try {
    const plan = planner.plan(document, known[0].name);
    return { plan, cost: costOf(plan) };
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function exceeds(cost: PlanCost, bound: Budget): boolean {
  return (
    cost.fetches > (bound.fetches ?? Number.POSITIVE_INFINITY) ||
    cost.depth > (bound.depth ?? Number.POSITIVE_INFINITY)
  );
}

function overBudget(
  operation: DistinctOperation,
  budget: Budget,
  was: Planned | null,
  is: Planned,
  beforeLabel: string,
): Finding {
  return {
    ...subjectOf(operation),
    code: 'PLAN_OVER_BUDGET',
    message: `${titleOf(operation)} has a budget of ${describeCost(budget)}, and its plan takes ${describeCost(is.cost)}.\n${bothPlans(was, is, beforeLabel)}`,
    mend: `Let fewer subgraphs answer it (@provides, @shareable, or a field nearer to its entity), or raise its budget in ${budgetsFile} if the cost is meant.`,
    details: detailsOf(operation, was, is, budget),
  };
}

function dearer(operation: DistinctOperation, was: Planned, is: Planned, beforeLabel: string): Finding {
  const name = operation.definition.name?.value;
  const budget =
    name === undefined
      ? 'a named operation'
      : `\`${name}: { fetches: ${is.cost.fetches}, depth: ${is.cost.depth} }\``;
  return {
    ...subjectOf(operation),
    code: 'PLAN_DEARER',
    message: `${titleOf(operation)} took ${describeCost(was.cost)}, and now takes ${describeCost(is.cost)}.\n${bothPlans(was, is, beforeLabel)}`,
    mend: `Let fewer subgraphs answer it (@provides, @shareable, or a field nearer to its entity), or give ${budget} a budget in ${budgetsFile} if the cost is meant.`,
    details: detailsOf(operation, was, is, null),
  };
}

function noPlan(operation: DistinctOperation, error: Error): Finding {
  return {
    ...subjectOf(operation),
    code: 'PLAN_IMPOSSIBLE',
    message: `${titleOf(operation)} cannot be planned: ${error.message}`,
    mend: 'Give the types on its way keys by which the subgraphs that have its fields can be entered.',
  };
}

function noPlansOf(before: GraphVersion): Finding {
  return {
    step: 'plans',
    level: 'info',
    code: 'NO_PLANS_BEFORE',
    message: `Of ${before.label} no supergraph is known, so that query plans are held to the budgets of ${budgetsFile} alone.`,
  };
}

function unusedBudgets({ byOperation }: Budgets, operations: readonly DistinctOperation[]): Finding[] {
  const names = new Set(operations.map(({ definition }) => definition.name?.value));
  return [...byOperation].flatMap(([name, { line }]) =>
    names.has(name)
      ? []
      : [
          {
            step: 'plans' as const,
            level: 'warning' as const,
            code: 'BUDGET_UNUSED',
            message: `${budgetsFile} has a budget for ${name}, and no known operation has that name.`,
            mend: 'Correct the name, or remove the budget.',
            file: budgetsFile,
            ...(line === undefined ? {} : { line }),
          },
        ],
  );
}

function subjectOf({
  definition,
  known,
}: DistinctOperation): Pick<Finding, 'step' | 'level' | 'coordinate' | 'file'> {
  const file = known.find((operation) => operation.file !== null)?.file;
  return {
    step: 'plans',
    level: 'error',
    coordinate: definition.name?.value ?? `an anonymous ${definition.operation}`,
    ...(typeof file === 'string' ? { file } : {}),
  };
}

function titleOf({ definition, known }: DistinctOperation): string {
  const clients = [
    ...new Set(known.map(({ client }) => [client.name, client.version].filter(Boolean).join(' '))),
  ];
  return `${definition.name?.value ?? `An anonymous ${definition.operation}`} of ${clients.join(', ')}`;
}

function describeCost({ fetches, depth }: Budget): string {
  const requests = fetches === undefined ? [] : [`${fetches} ${fetches === 1 ? 'request' : 'requests'}`];
  return [...requests, ...(depth === undefined ? [] : [`${depth} one after another`])].join(', ');
}

function bothPlans(was: Planned | null, is: Planned, beforeLabel: string): string {
  const former = was ? `Plan of ${beforeLabel} (${describeCost(was.cost)}):\n${indented(was.plan)}\n` : '';
  return `${former}Plan now (${describeCost(is.cost)}):\n${indented(is.plan)}`;
}

function indented(plan: QueryPlan): string {
  return describePlan(plan).replaceAll(/^/gm, '  ');
}

function detailsOf(
  { known }: DistinctOperation,
  was: Planned | null,
  is: Planned,
  budget: Budget | null,
): Finding['details'] {
  return {
    clients: known.map(({ client }) => client),
    ...(budget && {
      budget: {
        ...(budget.fetches === undefined ? {} : { fetches: budget.fetches }),
        ...(budget.depth === undefined ? {} : { depth: budget.depth }),
      },
    }),
    ...(was && { before: { ...was.cost, plan: describePlan(was.plan) } }),
    after: { ...is.cost, plan: describePlan(is.plan) },
  };
}
