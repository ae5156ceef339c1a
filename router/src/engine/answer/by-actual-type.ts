import type { GraphQLCompositeType } from 'graphql';
import type { AnswerOptions } from './answer-options.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';

/** Compiles what is selected of an object once for each type that it turns out to have, when that is first met. */
export function byActualType<Compiled>(
  selectionSets: CollectedField['selectionSets'],
  { schema, fragments, conditions, deferred }: AnswerOptions,
  compile: (fields: readonly CollectedField[], actual: GraphQLCompositeType) => Compiled,
): (actual: GraphQLCompositeType) => Compiled {
  const compiled = new Map<string, Compiled>();
  return (actual) => {
    let made = compiled.get(actual.name);
    if (made === undefined) {
      made = compile(collectFields(schema, fragments, conditions, actual, selectionSets, deferred), actual);
      compiled.set(actual.name, made);
    }
    return made;
  };
}
