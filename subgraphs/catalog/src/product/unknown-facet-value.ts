import { isId } from '@stoa/clock';
import type { EntityManager } from '@stoa/database';
import { FacetValue } from '../facet/facet.entity.ts';
import { type Check, invalid } from '../input/checks.ts';

/** The problem with the first of these facet values that does not exist; null when all do. */
export async function unknownFacetValue(
  tx: EntityManager,
  field: string,
  ids: readonly string[],
): Promise<Check> {
  return firstUnknown(field, ids, await knownFacetValues(tx, ids));
}

/** Which of these ids are those of facet values. */
export async function knownFacetValues(
  tx: EntityManager,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const distinct = [...new Set(ids.filter(isId))];
  const known = await tx.find(FacetValue, { id: { $in: distinct } }, { fields: ['id'] });
  return new Set(known.map(({ id }) => id));
}

/** The problem with the first of these ids that is not a known one; null when all are. */
export function firstUnknown(field: string, ids: readonly string[], known: ReadonlySet<string>): Check {
  const index = ids.findIndex((id) => !known.has(id));
  return index === -1
    ? null
    : invalid(`${field}.${index}`, 'the id of a facet value', JSON.stringify(ids[index]));
}
