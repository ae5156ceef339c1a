import type { JsonObject } from '../subgraph-request.ts';
import { get, isObject } from './merge.ts';

/** A path into an answer: field names, and `@` for every element of a list. */
export type PlanPath = readonly (string | number)[];

/** The objects at a path below some objects, in order; what is null or not there is passed over. */
export function objectsAt(start: readonly JsonObject[], path: PlanPath): readonly JsonObject[] {
  const found: JsonObject[] = [];
  for (const object of start) collect(object, path, 0, found);
  return found;
}

function collect(value: unknown, path: PlanPath, at: number, found: JsonObject[]): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    // A list is entered by `@`, or without it where a plan leaves that out.
    const next = path[at] === '@' ? at + 1 : at;
    for (const element of value) collect(element, path, next, found);
    return;
  }
  if (!isObject(value)) return;
  if (at === path.length) found.push(value);
  else collect(get(value, String(path[at])), path, at + 1, found);
}

/** The places of the objects that {@link objectsAt} finds from the root, in the same order. */
export function placesAt(root: JsonObject, path: PlanPath): readonly (readonly (string | number)[])[] {
  const places: (string | number)[][] = [];
  const here: (string | number)[] = [];
  const visit = (value: unknown, at: number): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const next = path[at] === '@' ? at + 1 : at;
      for (const [index, element] of value.entries()) {
        here.push(index);
        visit(element, next);
        here.pop();
      }
      return;
    }
    if (!isObject(value)) return;
    if (at === path.length) {
      places.push([...here]);
      return;
    }
    const key = String(path[at]);
    here.push(key);
    visit(get(value, key), at + 1);
    here.pop();
  };
  visit(root, 0);
  return places;
}

/**
 * For each object that {@link objectsAt} finds from the root, in the same order, the one so many fields above it; undefined where
 * there is none.
 */
export function ancestorsAt(
  root: JsonObject,
  path: PlanPath,
  up: number,
): readonly (JsonObject | undefined)[] {
  const ancestors: (JsonObject | undefined)[] = [];
  const line: JsonObject[] = [];
  const visit = (value: unknown, at: number): void => {
    if (value === null || value === undefined) return;
    if (Array.isArray(value)) {
      const next = path[at] === '@' ? at + 1 : at;
      for (const element of value) visit(element, next);
      return;
    }
    if (!isObject(value)) return;
    line.push(value);
    if (at === path.length) ancestors.push(line.at(-1 - up));
    else visit(get(value, String(path[at])), at + 1);
    line.pop();
  };
  visit(root, 0);
  return ancestors;
}

/** What all places at a path have in common: the path up to the first list. */
export function commonPlace(path: PlanPath): (string | number)[] {
  const firstList = path.indexOf('@');
  return firstList === -1 ? [...path] : path.slice(0, firstList);
}
