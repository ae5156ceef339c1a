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
  const known = await tx.find(FacetValue, { id: { $in: ids.filter(isId) } }, { fields: ['id'] });
  const knownIds = new Set(known.map(({ id }) => id));
  const index = ids.findIndex((id) => !knownIds.has(id));
  return index === -1
    ? null
    : invalid(`${field}.${index}`, 'the id of a facet value', JSON.stringify(ids[index]));
}
