import type { GraphVersion } from '../graph/graph-version.ts';
import { placeInSchema } from '../graph/places-in-schema.ts';
import type { Finding } from '../report/finding.ts';
import type { Step } from '../step.ts';
import { diffSchemas } from './diff-schemas.ts';
import type { SchemaChange } from './schema-change.ts';

/** Every difference between the API schemas. None fails the check by itself: whom it breaks is for the next step. */
export const diffStep: Step = async (before, after) => {
  if (!before?.apiSchema || !after.apiSchema) return [];
  const changes = await diffSchemas(before.apiSchema, after.apiSchema);
  return changes.map((change) => findingOf(change, before, after));
};

function findingOf(change: SchemaChange, before: GraphVersion, after: GraphVersion): Finding {
  const place = placeInSchema(after, change.coordinate) ?? placeInSchema(before, change.coordinate);
  return {
    step: 'diff',
    level: change.level === 'safe' ? 'info' : 'warning',
    code: change.code,
    message: change.message,
    coordinate: change.coordinate,
    ...place,
    details: { criticality: change.level, ...(change.reason === null ? {} : { reason: change.reason }) },
  };
}
