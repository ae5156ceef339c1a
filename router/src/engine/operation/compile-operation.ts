import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  executeSync,
  type FragmentDefinitionNode,
  GraphQLError,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import { compileAnswer, type ShapeAnswer } from '../answer/compile-answer.ts';
import { compilePlan } from '../plan/compile-plan.ts';
import type { Run } from '../plan/run.ts';
import type { AskSubgraph, JsonObject } from '../subgraph-request.ts';
import type { Supergraph } from '../supergraph.ts';
import { type Conditions, conditionVariables } from './conditions.ts';
import { protectKeys } from './protect-keys.ts';

export interface Answer {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLError[];
  /** The data as JSON, in place of `data`: of an answer without errors that was asked for as bytes. */
  readonly bytes?: Buffer;
}

/** An operation that was planned and compiled, and runs as often as it is asked for. */
export interface CompiledOperation {
  /** @param asBytes whether the data is to be written as JSON, where nothing is wrong with it */
  execute(variables: JsonObject, ask: AskSubgraph, asBytes?: boolean): Promise<Answer>;
}

/** Answers are compiled for each combination of conditions; an operation with very many keeps so many of them. */
const mostAnswersKept = 64;

/**
 * Plans an operation and compiles its plan and its answer.
 * @param document valid against the API schema
 * @param queryPlan its plan, where it was made before, of {@link planningDocument}
 * @throws {GraphQLError} when there is no such operation, or the planner has no way to answer it
 */
export function compileOperation(
  supergraph: Supergraph,
  document: DocumentNode,
  operationName: string | undefined,
  queryPlan?: QueryPlan,
): CompiledOperation {
  const { apiSchema } = supergraph;
  const safe = protectKeys(document, apiSchema, supergraph.requiredArguments.names);
  const operation = operationOf(safe.document, operationName);
  const plan = compilePlan(queryPlan ?? supergraph.plan(safe.document, operationName), supergraph);
  const fragments = fragmentsOf(safe.document);
  const conditionNames = conditionVariables(safe.document);
  const answers = new Map<string, ShapeAnswer>();
  const answerFor = (conditions: Conditions): ShapeAnswer => {
    const key = conditionNames.map((name) => (conditions[name] === true ? '1' : '0')).join('');
    const known = answers.get(key);
    if (known !== undefined) return known;
    const made = compileAnswer({
      schema: apiSchema,
      operation,
      fragments,
      conditions,
      clientNames: safe.clientNames,
    });
    if (answers.size < mostAnswersKept) answers.set(key, made);
    return made;
  };
  // Fails here, and not for each request, when an answer cannot be compiled at all.
  answerFor({});

  return {
    async execute(variables, ask, asBytes = false) {
      const coerced = getVariableValues(apiSchema, operation.variableDefinitions ?? [], variables);
      if (coerced.errors) return { errors: coerced.errors.map(asBadInput) };
      const conditions = coerced.coerced as Conditions;
      const answer = answerFor(conditions);
      if (plan === null && answer.needsData) return { errors: [emptyPlan()], data: null };
      const run: Run = {
        variables,
        conditions,
        data: {},
        errors: [],
        lost: new Set(),
        ask,
        isUnescaped: true,
      };
      if (plan !== null) await plan(run, [run.data]);
      const bytes = asBytes && run.errors.length === 0 ? answer.write(run.data, run.isUnescaped) : null;
      if (bytes !== null) return { bytes };
      for (const error of run.errors) restorePath(error, safe.clientNames);
      const introspection = introspect(supergraph, operation, fragments, answer, variables);
      const data = answer.shape(run, introspection);
      return run.errors.length === 0 ? { data } : { errors: run.errors, data };
    },
  };
}

/** The document that is planned in place of a client's. */
export function planningDocument(supergraph: Supergraph, document: DocumentNode): DocumentNode {
  return protectKeys(document, supergraph.apiSchema, supergraph.requiredArguments.names).document;
}

function operationOf(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (!operation)
    throw new GraphQLError(
      operationName === undefined
        ? 'Expected the name of one of the operations'
        : `There is no operation ${operationName}`,
    );
  return operation;
}

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  return new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
}

/** Introspection is answered by the schema alone. */
function introspect(
  { apiSchema }: Supergraph,
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  { introspected }: ShapeAnswer,
  variableValues: JsonObject,
): JsonObject | null {
  if (introspected.length === 0) return null;
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: introspected } },
      ...fragments.values(),
    ],
  };
  return (executeSync({ schema: apiSchema, document, variableValues }).data as JsonObject) ?? null;
}

/** The path of an error in the client's names. A path is made for each error, and belongs to it. */
function restorePath({ path }: GraphQLError, clientNames: ReadonlyMap<string, string>): void {
  if (clientNames.size === 0 || path === undefined) return;
  const own = path as (string | number)[];
  for (const [at, key] of own.entries()) own[at] = clientNames.get(String(key)) ?? key;
}

function asBadInput(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    nodes: error.nodes,
    originalError: error.originalError,
    extensions: { code: 'BAD_USER_INPUT', ...error.extensions },
  });
}

function emptyPlan(): GraphQLError {
  return new GraphQLError('There is no way to answer this operation: its plan asks no subgraph', {
    extensions: { code: 'PLAN_EMPTY' },
  });
}
