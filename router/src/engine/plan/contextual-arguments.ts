import type { FetchDataKeyRenamer } from '@apollo/query-planner';
import type { JsonObject } from '../subgraph-request.ts';
import type { IsOfType } from '../type-conditions.ts';
import { get, isObject } from './merge.ts';
import { ancestorsAt, objectsAt, type PlanPath } from './targets.ts';

/** Targets that have the same values for the arguments which are taken from above them (@fromContext). */
export interface ContextGroup {
  readonly targets: readonly JsonObject[];
  /** Variables of the fetch. */
  readonly values: JsonObject;
}

const above = '..';
const fragment = '... on ';

/**
 * Compiles what a fetch takes from objects above its targets. A subgraph is asked once for each combination of values that
 * occurs, since its variables are one set a request.
 * @param path where in the whole answer the targets are
 */
export function compileContext(
  rewrites: readonly FetchDataKeyRenamer[],
  path: PlanPath,
  isOfType: IsOfType,
): (root: JsonObject, targets: readonly JsonObject[]) => readonly ContextGroup[] {
  const reads = rewrites.map((rewrite) => ({
    variable: rewrite.renameKeyTo,
    up: rewrite.path.filter((step) => step === above).length,
    below: rewrite.path.filter((step) => step !== above),
  }));
  return (root, targets) => {
    const found = objectsAt([root], path);
    const valuesOf = new Map<JsonObject, JsonObject>(found.map((target) => [target, {}]));
    for (const { variable, up, below } of reads) {
      const ancestors = ancestorsAt(root, path, up);
      for (const [at, target] of found.entries()) {
        const value = readBelow(ancestors[at], below, isOfType);
        const values = valuesOf.get(target);
        if (value !== undefined && values !== undefined) values[variable] = value;
      }
    }
    const groups = new Map<string, { targets: JsonObject[]; values: JsonObject }>();
    for (const target of targets) {
      const values = valuesOf.get(target) ?? {};
      const key = JSON.stringify(values);
      const group = groups.get(key) ?? { targets: [], values };
      group.targets.push(target);
      groups.set(key, group);
    }
    return [...groups.values()];
  };
}

/** @returns undefined where a type condition does not hold, or nothing is there */
function readBelow(start: unknown, path: readonly string[], isOfType: IsOfType): unknown {
  let value = start;
  for (const step of path) {
    if (!isObject(value)) return undefined;
    if (!step.startsWith(fragment)) value = get(value, step);
    else if (value.__typename !== undefined && !isOfType(value.__typename, step.slice(fragment.length)))
      return undefined;
  }
  return value;
}
