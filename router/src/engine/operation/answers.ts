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
import type { Run } from '../plan/run.ts';
import type { AskSubgraph, JsonObject } from '../subgraph-request.ts';
import type { Supergraph } from '../supergraph.ts';
import { type Conditions, conditionVariables } from './conditions.ts';
import type { ProtectedOperation } from './protect-keys.ts';

export interface Answer {
  readonly data?: JsonObject | null;
  readonly errors?: readonly GraphQLError[];
  /** The whole answer as a line of JSON, in place of `data`: of one without errors that was asked for as bytes. */
  readonly bytes?: Buffer;
}

/** The forms that the answers to an operation have, compiled for each combination of conditions that occurs. */
export interface Answers {
  readonly operation: OperationDefinitionNode;
  /**
   * Reads the variables.
   * @returns an answer in place of the conditions, for variables that do not fit
   */
  conditionsOf(variables: JsonObject): { readonly conditions: Conditions } | { readonly refused: Answer };
  /** @param deferred labels of fragments that are answered later */
  formOf(conditions: Conditions, deferred?: ReadonlySet<string>): ShapeAnswer;
  /** The answer that a run has come to. */
  answer(run: Run, deferred?: ReadonlySet<string>): Answer;
}

/** Answers are compiled for each combination of conditions; an operation with very many keeps so many of them. */
const mostAnswersKept = 64;
const none: ReadonlySet<string> = new Set();

/**
 * Compiles the answers to an operation.
 * @throws {GraphQLError} when there is no such operation
 */
export function compileAnswers(
  { apiSchema }: Supergraph,
  { document, clientNames }: ProtectedOperation,
  operationName: string | undefined,
): Answers {
  const operation = operationOf(document, operationName);
  const fragments = fragmentsOf(document);
  const conditionNames = conditionVariables(document);
  const kept = new Map<string, ShapeAnswer>();
  const formOf = (conditions: Conditions, deferred: ReadonlySet<string> = none): ShapeAnswer => {
    const combination = conditionNames.map((name) => (conditions[name] === true ? '1' : '0')).join('');
    const key = deferred.size === 0 ? combination : `${combination} ${[...deferred].join()}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = compileAnswer({
      schema: apiSchema,
      operation,
      fragments,
      conditions,
      clientNames,
      deferred,
    });
    if (kept.size < mostAnswersKept) kept.set(key, made);
    return made;
  };
  // Fails here, and not for each request, when an answer cannot be compiled at all.
  formOf({});

  return {
    operation,
    conditionsOf(variables) {
      const coerced = getVariableValues(apiSchema, operation.variableDefinitions ?? [], variables);
      return coerced.errors
        ? { refused: { errors: coerced.errors.map(asBadInput) } }
        : { conditions: coerced.coerced as Conditions };
    },
    formOf,
    answer(run, deferred) {
      const form = formOf(run.conditions, deferred);
      for (const error of run.errors) restorePath(error, clientNames);
      const data = form.shape(run, introspect(apiSchema, operation, fragments, form, run.variables));
      return run.errors.length === 0 ? { data } : { errors: run.errors, data };
    },
  };
}

/** One execution, before anything was asked. */
export function newRun(variables: JsonObject, conditions: Conditions, ask: AskSubgraph): Run {
  return { variables, conditions, data: {}, errors: [], lost: new Set(), ask, isUnescaped: true };
}

/** @throws {GraphQLError} when there is no such operation */
export function operationOf(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
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
export function introspect(
  schema: Supergraph['apiSchema'],
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
  return (executeSync({ schema, document, variableValues }).data as JsonObject) ?? null;
}

/** Puts the path of an error in the client's names. A path is made for each error, and belongs to it. */
export function restorePath({ path }: GraphQLError, clientNames: ReadonlyMap<string, string>): void {
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
