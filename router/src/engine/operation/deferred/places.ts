import { get, isObject } from '../../plan/merge.ts';
import type { JsonObject } from '../../subgraph-request.ts';
import type { IsOfType } from '../../type-conditions.ts';

/** An object that the client has been shown. */
export interface Place {
  /** What subgraphs have said of it, under the names of the plan. */
  readonly source: JsonObject;
  /** What was shown of it. */
  readonly shown: JsonObject;
  /** In the client's names. */
  readonly path: readonly (string | number)[];
}

const fragment = '... on ';

/**
 * The objects at a path below others, of those that were shown: what was null in an answer has no parts.
 * @param path response names of the plan, and type conditions; lists are entered without being named
 */
export function placesBelow(
  parents: readonly Place[],
  path: readonly string[],
  clientNames: ReadonlyMap<string, string>,
  isOfType: IsOfType,
): readonly Place[] {
  const found: Place[] = [];
  const visit = (source: unknown, shown: unknown, at: number, here: readonly (string | number)[]): void => {
    if (Array.isArray(source) && Array.isArray(shown)) {
      for (const [index, element] of source.entries()) visit(element, shown[index], at, [...here, index]);
      return;
    }
    if (!isObject(source) || !isObject(shown)) return;
    const step = path[at];
    if (step === undefined) found.push({ source, shown, path: here });
    else if (step.startsWith(fragment)) {
      if (mayBe(source, step.slice(fragment.length), isOfType)) visit(source, shown, at + 1, here);
    } else {
      const name = clientNames.get(step) ?? step;
      visit(get(source, step), get(shown, name), at + 1, [...here, name]);
    }
  };
  for (const { source, shown, path: start } of parents) visit(source, shown, 0, start);
  return found;
}

/** Whether an object is of a type, as far as is known: not every object has been asked for its type. */
export function mayBe({ __typename }: JsonObject, condition: string, isOfType: IsOfType): boolean {
  return __typename === undefined || isOfType(__typename, condition);
}
