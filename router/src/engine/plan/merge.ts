import type { JsonObject } from '../subgraph-request.ts';

/**
 * Adds what a subgraph answered to what is there. Objects are merged field by field and lists element by element; where
 * both have something else, the new one stays. Null never takes the place of an object: that a second subgraph knows
 * nothing of it does not undo what the first has said.
 */
export function mergeInto(target: JsonObject, source: JsonObject): void {
  for (const key in source) {
    const value = source[key];
    if (value === undefined) continue;
    const present = target[key];
    if (present === undefined || present === null || typeof present !== 'object') set(target, key, value);
    else if (value === null) continue;
    else if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
    else if (typeof value === 'object' && !Array.isArray(value) && !Array.isArray(present))
      mergeInto(present as JsonObject, value as JsonObject);
    else set(target, key, value);
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  for (let index = 0; index < source.length; index += 1) {
    const value = source[index];
    const present = target[index];
    if (isObject(present) && isObject(value)) mergeInto(present, value);
    else if (Array.isArray(present) && Array.isArray(value)) mergeLists(present, value);
    else if (present === undefined || present === null || typeof present !== 'object') target[index] = value;
  }
}

/** Sets a field, also one that is called `__proto__`. */
export function set(target: JsonObject, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

/** A field of the object itself, and none that it inherits. */
export function get(source: JsonObject, key: string): unknown {
  const value = source[key];
  return typeof value === 'function' || key === '__proto__' || key === 'constructor'
    ? Object.getOwnPropertyDescriptor(source, key)?.value
    : value;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Does something with an object, or with each object of a list, however deep. */
export function eachObject(value: unknown, work: (object: JsonObject) => void): void {
  if (Array.isArray(value)) for (const element of value) eachObject(element, work);
  else if (isObject(value)) work(value);
}
