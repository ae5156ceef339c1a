import type { QueryPlan } from '@apollo/query-planner';
import {
  type ASTNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { compileAnswer, compilePartAnswer } from '../../answer/compile-answer.ts';
import { compileDefers, type PartPlan } from '../../plan/compile-defer.ts';
import { factsOf } from '../../plan/compile-plan.ts';
import type { Supergraph } from '../../supergraph.ts';
import { typeConditions } from '../../type-conditions.ts';
import { type Answers, introspect, newRun } from '../answers.ts';
import type { SingleAnswerOperation } from '../compiled-operation.ts';
import type { Conditions } from '../conditions.ts';
import type { PreparedOperation } from '../prepare-operation.ts';
import type { ProtectedOperation } from '../protect-keys.ts';
import { deferLabelOf } from './label-defers.ts';
import { type PartForm, runParts } from './run-parts.ts';

export interface PartsOptions {
  readonly supergraph: Supergraph;
  readonly answers: Answers;
  readonly prepared: PreparedOperation;
  readonly planned: QueryPlan;
}

/** Forms are compiled for each combination of conditions; an operation with very many keeps so many of them. */
const mostFormsKept = 256;

/** Compiles the execution of an operation in parts. */
export function compileParts(options: PartsOptions): SingleAnswerOperation['executeInParts'] {
  const { supergraph, answers, planned } = options;
  const { safe, clientLabels } = options.prepared;
  if (clientLabels.size === 0 || planned.node === undefined || planned.node.kind === 'Subscription')
    return () => null;
  const choose = compileDefers(planned.node, factsOf(supergraph, planned.node));
  const fragments = fragmentsByLabel(supergraph.apiSchema, safe);
  const kept = new Map<string, PartForm>();
  const formOf = (part: PartPlan, conditions: Conditions, deferred: ReadonlySet<string>): PartForm => {
    const key = JSON.stringify([part.label, part.path, conditions, [...deferred]]);
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = compileForm(options, fragments, part, conditions, deferred);
    if (kept.size < mostFormsKept) kept.set(key, made);
    return made;
  };
  const isOfType = typeConditions(supergraph.schema);
  return (variables) => {
    const read = answers.conditionsOf(variables);
    const plan = 'refused' in read ? null : choose(read.conditions);
    if ('refused' in read || plan === null) return null;
    // Only what @skip, @include and @defer look at makes another form.
    const conditions = onlyBooleans(read.conditions);
    return (ask) =>
      runParts(plan, newRun(variables, read.conditions, ask), {
        answers,
        clientNames: safe.clientNames,
        isOfType,
        formOf: (part, deferred) => formOf(part, conditions, deferred),
      });
  };
}

function onlyBooleans(conditions: Conditions): Conditions {
  return Object.fromEntries(Object.entries(conditions).filter(([, value]) => typeof value === 'boolean'));
}

/** A fragment that is deferred, and the type of what it is a fragment of. */
interface DeferredFragment {
  readonly fragment: InlineFragmentNode;
  readonly parent: GraphQLCompositeType;
  /** What the object has to be for the fragment to be of it: its own condition, and those of fragments around it. */
  readonly typeConditions: readonly string[];
}

function fragmentsByLabel(
  schema: GraphQLSchema,
  { document }: ProtectedOperation,
): ReadonlyMap<string, DeferredFragment> {
  const fragments = new Map<string, DeferredFragment>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      InlineFragment(fragment, _key, _parent, _path, ancestors) {
        const label = deferLabelOf(fragment.directives);
        const parent = types.getParentType();
        if (label === undefined || !parent) return;
        const line = ancestors.filter((one): one is ASTNode => !Array.isArray(one));
        const typeConditions = conditionsOf([...line, fragment]);
        fragments.set(label, { fragment, parent, typeConditions });
      },
    }),
  );
  return fragments;
}

/** The type conditions from the last field of a line of nodes on. */
function conditionsOf(line: readonly ASTNode[]): string[] {
  const lastField = line.findLastIndex(({ kind }) => kind === Kind.FIELD);
  return line
    .slice(lastField + 1)
    .flatMap((node) =>
      node.kind === Kind.INLINE_FRAGMENT && node.typeCondition !== undefined
        ? [node.typeCondition.name.value]
        : [],
    );
}

function compileForm(
  { supergraph: { apiSchema: schema }, answers: { operation }, prepared }: PartsOptions,
  fragments: ReadonlyMap<string, DeferredFragment>,
  { label, path }: PartPlan,
  conditions: Conditions,
  deferred: ReadonlySet<string>,
): PartForm {
  const found = fragments.get(label);
  if (found === undefined) throw new Error(`There is no deferred fragment ${label}`);
  const { fragment, parent } = found;
  const own = { ...operation, selectionSet: fragment.selectionSet };
  const { clientNames } = prepared.safe;
  const options = { schema, operation: own, fragments: new Map(), conditions, clientNames, deferred };
  const form = {
    clientLabel: prepared.clientLabels.get(label),
    typeConditions: found.typeConditions,
  };
  if (path.length > 0) return { ...form, shape: compilePartAnswer(parent, own, options) };
  const root = compileAnswer(options);
  return {
    ...form,
    shape: (data, { errors, lost }, _, variables) =>
      root.shape({ data, errors, lost }, introspect(schema, own, options.fragments, root, variables)),
  };
}
