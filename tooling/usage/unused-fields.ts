import type { UsageStore } from '@stoa/usage';
import type { GraphQLSchema } from 'graphql';
import { fieldsOf } from './schema-coordinates.ts';

export interface UnusedField {
  readonly coordinate: string;
  readonly isDeprecated: boolean;
  /** Null when no use of it is on record. */
  readonly lastUsed: Date | null;
}

/** The fields of the schema that nobody used at or after `since`, in the order of the schema. */
export async function unusedFields(
  store: Pick<UsageStore, 'lastUses'>,
  schema: GraphQLSchema,
  since: Date,
): Promise<UnusedField[]> {
  const lastUses = await store.lastUses();
  return fieldsOf(schema)
    .map(({ coordinate, isDeprecated, inherited }) => ({
      coordinate,
      isDeprecated,
      lastUsed: latest([coordinate, ...inherited].map((name) => lastUses.get(name))),
    }))
    .filter(({ lastUsed }) => lastUsed === null || lastUsed < since);
}

function latest(times: readonly (Date | undefined)[]): Date | null {
  return times.reduce<Date | null>(
    (best, time) => (time && (best === null || time > best) ? time : best),
    null,
  );
}
