import { describe, expect, it } from 'vitest';
import { diffSchemas } from '../src/diff/diff-schemas.ts';
import type { GraphVersion } from '../src/graph/graph-version.ts';
import { checkOperations } from '../src/operations/check-operations.ts';
import { federationChanges } from './changes/federation.ts';
import { fieldChanges } from './changes/fields.ts';
import { inputChanges } from './changes/inputs.ts';
import { typeChanges } from './changes/types.ts';
import { edited, library, operation, type Schemas, versionOf } from './small-graph.ts';

const changes = [...fieldChanges, ...typeChanges, ...inputChanges, ...federationChanges];
const now = new Date('2026-11-24T12:00:00Z');
const since = new Date('2026-10-25T12:00:00Z');

const versions = new Map<Schemas, GraphVersion>();
function version(schemas: Schemas): GraphVersion {
  const known = versions.get(schemas) ?? versionOf(schemas);
  versions.set(schemas, known);
  return known;
}

async function check(before: Schemas, after: Schemas, body: string | null) {
  const [one, other] = [version(before), version(after)];
  if (!one.apiSchema || !other.apiSchema) {
    throw new Error(
      `does not compose: ${JSON.stringify([...one.remarks, ...other.remarks].filter(({ level }) => level === 'error'))}`,
    );
  }
  const found = await diffSchemas(one.apiSchema, other.apiSchema);
  const findings = await checkOperations({
    before: one.apiSchema,
    after: other.apiSchema,
    changes: found,
    operations: body === null ? [] : [operation(body)],
    usage: null,
    since,
    now,
  });
  const levels = new Set(findings.map(({ level }) => level));
  const verdict = levels.has('error') ? 'fails' : levels.has('warning') ? 'warns' : 'passes';
  return { found, findings, verdict };
}

describe.each(changes)(
  'when $title',
  ({ edits, given = [], change, operation: body, withOperation, bystander }) => {
    const before = given.length === 0 ? library : edited(library, ...given);
    const after = edited(before, ...edits);

    it('says what changed, and how grave that is', async () => {
      const { found } = await check(before, after, null);
      if (change === null) expect(found).toEqual([]);
      else expect(found).toContainEqual(expect.objectContaining(change));
    });

    it('passes while no known operation uses it', async () => {
      expect((await check(before, after, null)).verdict).toBe('passes');
      const other = await check(before, after, bystander ?? 'query B { readers { id } }');
      expect(other.findings.filter(({ level }) => level === 'error')).toEqual([]);
    });

    it(`${withOperation} with an operation that uses it`, async () => {
      const { verdict, findings } = await check(before, after, body);
      expect(verdict, JSON.stringify(findings, null, 1)).toBe(withOperation);
      if (withOperation === 'passes' || !change) return;
      const named = findings
        .filter(({ level }) => level !== 'info')
        .map(({ message }) => message)
        .join('\n');
      expect(named).toMatch(/\b[A-Z] of web\b/);
    });
  },
);

it('has at least 60 changes, of every level and of every effect', () => {
  expect(changes.length).toBeGreaterThanOrEqual(60);
  expect(new Set(changes.map(({ title }) => title)).size).toBe(changes.length);
  expect(new Set(changes.map(({ change }) => change?.level))).toEqual(
    new Set(['breaking', 'dangerous', 'safe', undefined]),
  );
  expect(new Set(changes.map(({ withOperation }) => withOperation))).toEqual(
    new Set(['fails', 'warns', 'passes']),
  );
});
