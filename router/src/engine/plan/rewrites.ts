import type { FetchDataRewrite } from '@apollo/query-planner';
import type { JsonObject } from '../subgraph-request.ts';
import type { IsOfType } from '../type-conditions.ts';
import { eachObject, get, set } from './merge.ts';

/** Changes an object in place. */
export type Rewrite = (value: JsonObject) => void;

/** What stands in an object for a name that the client has given to something else. */
export function hiddenName(name: string): string {
  return `\u0000${name}`;
}

const fragment = '... on ';

/**
 * Compiles what a plan says of the form of what goes into a subgraph or comes out of it: constants to set, and names
 * to give back. A name that is taken is kept beside, for the fetches that require it.
 */
export function compileRewrites(
  rewrites: readonly FetchDataRewrite[] | undefined,
  isOfType: IsOfType,
): Rewrite | undefined {
  if (rewrites === undefined || rewrites.length === 0) return undefined;
  const all = rewrites.map((rewrite) => compileRewrite(rewrite, isOfType));
  return (value) => {
    for (const rewrite of all) rewrite(value);
  };
}

function compileRewrite(rewrite: FetchDataRewrite, isOfType: IsOfType): Rewrite {
  const last = rewrite.path.at(-1) ?? '';
  const change: Rewrite =
    rewrite.kind === 'ValueSetter'
      ? (value) => set(value, last, rewrite.setValueTo)
      : (value) => rename(value, last, rewrite.renameKeyTo);
  return rewrite.path.slice(0, -1).reduceRight<Rewrite>((inner, element) => {
    if (element.startsWith(fragment)) {
      const condition = element.slice(fragment.length);
      return (value) => {
        const typename = value.__typename;
        // Not every object has been asked for its type: then the plan is taken at its word.
        if (typename === undefined || isOfType(typename, condition)) inner(value);
      };
    }
    return (value) => eachObject(get(value, element), inner);
  }, change);
}

function rename(value: JsonObject, from: string, to: string): void {
  const present = get(value, from);
  if (present === undefined) return;
  delete value[from];
  set(value, get(value, to) === undefined ? to : hiddenName(to), present);
}
