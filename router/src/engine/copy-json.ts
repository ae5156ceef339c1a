import { set } from './plan/merge.ts';

/** A copy of what came out of JSON, to the last object. */
export function copyJson<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const list = new Array(value.length);
    for (let index = 0; index < value.length; index += 1) list[index] = copyJson(value[index]);
    return list as Value;
  }
  const copy: Record<string, unknown> = {};
  for (const key in value) set(copy, key, copyJson(value[key]));
  return copy as Value;
}
