import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import { copyJson } from '../copy-json.ts';
import {
  type JsonObject,
  type SubgraphAnswer,
  type SubgraphRequest,
  unescaped,
} from '../subgraph-request.ts';
import { compileContext } from './contextual-arguments.ts';
import { askTogether } from './joined-fetches.ts';
import { isObject, mergeInto } from './merge.ts';
import { compileRepresentation } from './representations.ts';
import { keepRequired, requiredNames } from './required-arguments.ts';
import { withoutConflicts } from './required-conflicts.ts';
import { compileRewrites, type Rewrite } from './rewrites.ts';
import type { GraphFacts, PlanStep, Run } from './run.ts';
import { reportedError, unavailableError } from './subgraph-errors.ts';
import { commonPlace, objectsAt, type PlanPath, placesAt } from './targets.ts';

/**
 * Compiles a fetch.
 * @param path where in the whole answer its targets are
 */
export function compileFetch(planned: FetchNode, path: PlanPath, graph: GraphFacts): PlanStep {
  const fetch = withoutConflicts(planned, graph.requiredArguments.names, graph.competingForms);
  if (fetch.requires === undefined) return compileRootFetch(fetch, path, graph);
  const step = compileEntityFetch(fetch, path, graph);
  if (fetch.contextRewrites === undefined || fetch.contextRewrites.length === 0) return step;
  const groupsOf = compileContext(fetch.contextRewrites, path, graph.isOfType);
  return async (run, targets) => {
    const asked = groupsOf(run.data, targets).map(({ targets: some, values }) =>
      step({ ...run, variables: { ...run.variables, ...values } }, some),
    );
    await Promise.all(asked);
  };
}

/** A fetch from the root of a subgraph; what it answers goes into every target. */
function compileRootFetch(fetch: FetchNode, path: PlanPath, graph: GraphFacts): PlanStep {
  const request = compileRequest(fetch);
  const take = compileRootAnswer(fetch, path, graph);
  return async (run, targets) => take(run, targets, await ask(run, request(run, undefined), path));
}

/** What is done with an answer from the root of a subgraph; null for one that did not come. */
export function compileRootAnswer(
  fetch: FetchNode,
  path: PlanPath,
  graph: GraphFacts,
): (run: Run, targets: readonly JsonObject[], answer: SubgraphAnswer | null) => void {
  const rewrite = compileOutput(fetch, graph);
  return (run, targets, answer) => {
    for (const error of answer?.errors ?? []) {
      const [place = []] = path.length === 0 ? [[]] : placesAt(run.data, path);
      run.errors.push(reportedError(error, fetch.serviceName, error.path && [...place, ...error.path]));
    }
    if (!isObject(answer?.data)) {
      if (answer !== null && (answer.errors ?? []).length === 0)
        run.errors.push(malformed(fetch.serviceName, path, 'neither data nor errors'));
      for (const target of targets) run.lost.add(target);
      return;
    }
    rewrite?.(answer.data);
    for (const target of targets) mergeInto(target, answer.data);
  };
}

/** A fetch of more of what the targets are, each found by what it has by now. Equal ones are asked for once. */
function compileEntityFetch(fetch: FetchNode, path: PlanPath, graph: GraphFacts): PlanStep {
  const request = compileRequest(fetch);
  const { isOfType, isInterface, requiredArguments } = graph;
  const required = requiredNames(requiredArguments, fetch.serviceName, fetch.operation, isOfType);
  const read = compileRepresentation(fetch.requires ?? [], isOfType, required);
  const inputRewrite = compileRewrites(fetch.inputRewrites, isOfType);
  const outputRewrite = compileOutput(fetch, graph);
  // Fetches that put names back in different ways are not the same, though they ask the same.
  const rewrites = JSON.stringify(fetch.outputRewrites ?? []);
  return async (run, targets) => {
    const representations: JsonObject[] = [];
    // For each target, which representation is its; -1 for one that has none.
    const indexes: number[] = [];
    const knownByJson = new Map<string, number>();
    const knownByType = new Map<unknown, Map<unknown, number>>();
    for (const target of targets) indexes.push(indexOf(target));
    if (run.errors.length > 0)
      for (const [at, target] of targets.entries()) if (indexes[at] === -1) run.lost.add(target);
    if (representations.length === 0) return;

    const one = request(run, undefined);
    const joined = await settled(run, one, path, () =>
      askTogether(
        run,
        `${one.sameAs} ${JSON.stringify(one.variables)} ${rewrites}`,
        representations,
        (all) => request(run, all),
        (entity, representation) => completeEntity(entity, representation, outputRewrite, isInterface),
      ),
    );
    // From here on, which entity of the answer is a target's.
    const places = indexes.map((index) => (index === -1 ? -1 : (joined?.places?.[index] ?? index)));
    const failed = new Set<unknown>();
    for (const error of joined?.answer.errors ?? []) {
      failed.add(error.path?.[1]);
      reportEntityError(run, fetch.serviceName, path, targets, places, error);
    }
    const entities =
      joined === null ? null : entitiesOf(joined.answer, joined.count, run, fetch.serviceName, path);
    if (entities === null) {
      for (const target of targets) run.lost.add(target);
      return;
    }
    const own = joined?.places?.map((place) =>
      joined.borrowed.has(place) ? copyJson(entities[place]) : entities[place],
    );
    for (let at = 0; at < targets.length; at += 1) {
      const target = targets[at] as JsonObject;
      const index = indexes[at] as number;
      const entity = (own ?? entities)[index];
      if (isObject(entity)) {
        mergeInto(target, entity);
        if (entity.__typename === undefined) takeType(target, representations[index] as JsonObject);
      } else if (failed.has(places[at])) run.lost.add(target);
    }

    /** What was answered without its type has the one that it was asked for. */
    function takeType(target: JsonObject, { __typename }: JsonObject): void {
      if (target.__typename !== __typename && !isInterface(__typename)) target.__typename = __typename;
    }

    function indexOf(target: JsonObject): number {
      const key = read.keyOf(target);
      if (key === null) return indexOfUnkeyed(target);
      let knownByKey = knownByType.get(target.__typename);
      if (knownByKey === undefined) {
        knownByKey = new Map();
        knownByType.set(target.__typename, knownByKey);
      }
      const before = knownByKey.get(key);
      if (before !== undefined) return before;
      const representation = represent(target);
      const index = representation === null ? -1 : representations.push(representation) - 1;
      knownByKey.set(key, index);
      return index;
    }

    function indexOfUnkeyed(target: JsonObject): number {
      const representation = represent(target);
      if (representation === null) return -1;
      const json = JSON.stringify(representation);
      let index = knownByJson.get(json);
      if (index === undefined) {
        index = representations.push(representation) - 1;
        knownByJson.set(json, index);
      }
      return index;
    }

    function represent(target: JsonObject): JsonObject | null {
      const representation = read(target, run.lost);
      if (typeof representation?.__typename !== 'string') return null;
      inputRewrite?.(representation);
      return representation;
    }
  };
}

/** What has to be done to what a fetch answers. What is required is kept before names are given back. */
function compileOutput(fetch: FetchNode, { isOfType, requiredArguments }: GraphFacts): Rewrite | undefined {
  const keep = keepRequired(requiredArguments, fetch.operation, fetch.requires !== undefined);
  const rename = compileRewrites(fetch.outputRewrites, isOfType);
  if (keep === undefined || rename === undefined) return keep ?? rename;
  return (value) => {
    keep(value);
    rename(value);
  };
}

/**
 * What a subgraph calls by an interface, because it knows that as an object, keeps the name that it has elsewhere. To be rewritten, an object
 * needs its type: the one that it was asked for, where none was answered.
 */
function completeEntity(
  entity: unknown,
  representation: JsonObject | undefined,
  rewrite: Rewrite | undefined,
  isInterface: GraphFacts['isInterface'],
): void {
  if (!isObject(entity)) return;
  if (rewrite !== undefined) {
    entity.__typename ??= representation?.__typename;
    rewrite(entity);
  }
  if (isInterface(entity.__typename)) delete entity.__typename;
}

function entitiesOf(
  { data, errors }: SubgraphAnswer,
  count: number,
  run: Run,
  subgraph: string,
  path: PlanPath,
): readonly unknown[] | null {
  if (data === null || data === undefined) {
    if ((errors ?? []).length === 0) run.errors.push(malformed(subgraph, path, 'neither data nor errors'));
    return null;
  }
  const entities = data._entities;
  if (Array.isArray(entities) && entities.length === count) return entities;
  // An error that left nothing of the list has been reported.
  if (entities === null && (errors ?? []).length > 0) return null;
  const found = Array.isArray(entities) ? `${entities.length} entities` : 'no list of entities';
  run.errors.push(malformed(subgraph, path, `${found} where ${count} were asked for`));
  return null;
}

function malformed(subgraph: string, path: PlanPath, found: string): GraphQLError {
  const place = commonPlace(path);
  return new GraphQLError(`The subgraph ${subgraph} answered ${found}`, {
    path: place.length === 0 ? undefined : place,
    extensions: { code: 'SUBGRAPH_MALFORMED', serviceName: subgraph },
  });
}

/** An error of an entity is one at every place where the entity is. */
function reportEntityError(
  run: Run,
  subgraph: string,
  path: PlanPath,
  targets: readonly JsonObject[],
  indexes: readonly number[],
  error: NonNullable<SubgraphAnswer['errors']>[number],
): void {
  const [root, index, ...rest] = error.path ?? [];
  if (root !== '_entities' || typeof index !== 'number') {
    run.errors.push(reportedError(error, subgraph, commonPlace(path)));
    return;
  }
  // Not all objects at the path need be targets of this request.
  const asked = new Set(targets.filter((_, at) => indexes[at] === index));
  const found = objectsAt([run.data], path);
  const places = placesAt(run.data, path).filter((_, at) => {
    const object = found[at];
    return object !== undefined && asked.has(object);
  });
  for (const place of places) run.errors.push(reportedError(error, subgraph, [...place, ...rest]));
}

async function ask(run: Run, request: SubgraphRequest, path: PlanPath): Promise<SubgraphAnswer | null> {
  const asked = await settled(run, request, path, async () => ({ answer: await run.ask(request) }));
  return asked?.answer ?? null;
}

/** What is asked of a subgraph; null for what did not come, which is then in the errors. */
async function settled<Asked extends { readonly answer: SubgraphAnswer }>(
  run: Run,
  { subgraph }: SubgraphRequest,
  path: PlanPath,
  work: () => Promise<Asked>,
): Promise<Asked | null> {
  try {
    const asked = await work();
    if (asked.answer[unescaped] !== true) run.isUnescaped = false;
    return asked;
  } catch (error) {
    run.errors.push(unavailableError(subgraph, commonPlace(path), error));
    return null;
  }
}

/** The request that a fetch is, for the variables of a run. */
export function compileRequest({
  serviceName,
  operation,
  operationName,
  operationKind,
  variableUsages = [],
}: FetchNode): (
  run: Pick<Run, 'variables'>,
  representations: readonly JsonObject[] | undefined,
) => SubgraphRequest {
  // A plan names each operation, so that the same one is known in a subgraph's logs; it does not ask anything else by that.
  const sameAs = `${serviceName} ${operation.replace(/^(query|mutation|subscription)\s+\w+/, '$1')}`;
  return ({ variables }, representations) => {
    const used: JsonObject = {};
    for (const name of variableUsages) if (variables[name] !== undefined) used[name] = variables[name];
    if (representations !== undefined) used.representations = representations;
    return {
      subgraph: serviceName,
      kind: operationKind,
      query: operation,
      operationName,
      variables: used,
      sameAs,
    };
  };
}
