import { type GraphQLCompositeType, isAbstractType } from 'graphql';
import type { AnswerOptions } from './answer-options.ts';
import { type CollectedField, collectFields } from './collect-fields.ts';

/**
 * Compiles what is selected of an object once for each type that it turns out to have, when that is first met.
 * @returns null for an object of which only an interface or a union is known, and what is selected depends on which of its types it has
 */
export function byActualType<Compiled>(
  selectionSets: CollectedField['selectionSets'],
  { schema, fragments, conditions, deferred }: AnswerOptions,
  compile: (fields: readonly CollectedField[], actual: GraphQLCompositeType) => Compiled,
): (actual: GraphQLCompositeType) => Compiled | null {
  const compiled = new Map<string, Compiled | null>();
  const fieldsOf = (type: GraphQLCompositeType) =>
    collectFields(schema, fragments, conditions, type, selectionSets, deferred);
  return (actual) => {
    let made = compiled.get(actual.name);
    if (made === undefined) {
      const fields = fieldsOf(actual);
      const isTold =
        !isAbstractType(actual) ||
        (fields.every(({ name }) => name !== '__typename') &&
          schema.getPossibleTypes(actual).every((possible) => areSame(fields, fieldsOf(possible))));
      made = isTold ? compile(fields, actual) : null;
      compiled.set(actual.name, made);
    }
    return made;
  };
}

function areSame(some: readonly CollectedField[], others: readonly CollectedField[]): boolean {
  return (
    some.length === others.length &&
    some.every(
      ({ responseName, selectionSets }, at) =>
        others[at]?.responseName === responseName && others[at].selectionSets.length === selectionSets.length,
    )
  );
}
