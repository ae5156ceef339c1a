import type { GraphQLError } from 'graphql';
import type { Place } from './places.ts';

/** Gives each error of a part to the object that it is of; one of several objects goes with the first of them. */
export function errorsByPlace(
  errors: readonly GraphQLError[],
  places: readonly Place[],
): readonly (readonly GraphQLError[])[] {
  const byPlace: GraphQLError[][] = places.map(() => []);
  for (const error of errors) {
    const path = error.path ?? [];
    const within = places.findIndex((place) => startsWith(path, place.path));
    const above = within === -1 ? places.findIndex((place) => startsWith(place.path, path)) : within;
    byPlace[Math.max(above, 0)]?.push(error);
  }
  return byPlace;
}

function startsWith(path: readonly (string | number)[], start: readonly (string | number)[]): boolean {
  return start.length <= path.length && start.every((key, at) => path[at] === key);
}
