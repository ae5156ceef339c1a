import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { type CheckedRepository, checkedRepository } from './checked-repository.ts';
import { edited, library } from './small-graph.ts';

const file = 'schema/approved-changes.yaml';
const withoutTags = edited(library, ['catalog', 'tags: [String!]!', '']);

let repository: CheckedRepository;
beforeEach(() => {
  repository = checkedRepository();
  repository.schemas(library);
  repository.write('schema/operations/web/client.yaml', 'name: web\nversion: 1.4.0\n');
  repository.write('schema/operations/web/book.graphql', 'query Book { book(id: 1) { tags } }');
  repository.commit();
  repository.schemas(withoutTags);
});
afterEach(() => repository.discard());

function approve(until: string, { coordinate = 'Book.tags', code = 'FIELD_REMOVED' } = {}): void {
  repository.write(
    file,
    `approved:\n  - coordinate: ${coordinate}\n    code: ${code}\n    why: The web client is replaced on Monday\n    until: ${until}\n`,
  );
}

async function findingsOf(code: string) {
  const { ok, findings } = await repository.check();
  return { ok, found: findings.filter((finding) => finding.step === 'operations' && finding.code === code) };
}

describe('an approved break', () => {
  it('passes with a warning that says why and until when', async () => {
    approve('2026-12-31');
    const { ok, found } = await findingsOf('FIELD_REMOVED');
    expect(ok).toBe(true);
    expect(found).toEqual([
      expect.objectContaining({
        level: 'warning',
        message: expect.stringMatching(
          /Book of web.*\nApproved until 2026-12-31: The web client is replaced on Monday$/s,
        ),
        details: expect.objectContaining({ approvedUntil: '2026-12-31' }),
      }),
    ]);
  });

  it('passes on the last day, and no later', async () => {
    approve('2026-11-24');
    expect((await findingsOf('FIELD_REMOVED')).ok).toBe(true);
    approve('2026-11-23');
    const { ok, found } = await findingsOf('FIELD_REMOVED');
    expect(ok).toBe(false);
    expect(found[0]?.message).toContain(`It was approved until 2026-11-23 (${file}:2)`);
  });

  it.each([
    ['another field', { coordinate: 'Book.isbn' }],
    ['another change of the field', { code: 'FIELD_TYPE_CHANGED' }],
  ])('is no approval of %s', async (_, entry) => {
    approve('2026-12-31', entry);
    expect((await findingsOf('FIELD_REMOVED')).ok).toBe(false);
  });
});

describe('an approval that nothing needs', () => {
  it('is told, by file and line', async () => {
    repository.schemas(library);
    approve('2026-12-31');
    const { ok, found } = await findingsOf('APPROVAL_UNUSED');
    expect(ok).toBe(true);
    expect(found).toEqual([
      expect.objectContaining({ level: 'warning', file, line: 2, mend: 'Delete the entry.' }),
    ]);
  });

  it('is told to have ended when it has', async () => {
    repository.schemas(library);
    approve('2026-11-01');
    expect((await findingsOf('APPROVAL_EXPIRED')).found).toHaveLength(1);
  });

  it('is not told while it is not known what is needed', async () => {
    repository.schemas(edited(library, ['reviews', 'rating: Float', 'rating: Nothing']));
    approve('2026-12-31');
    const { ok, found } = await findingsOf('APPROVAL_UNUSED');
    expect([ok, found]).toEqual([false, []]);
  });
});

it('a graph that does not compose cannot be approved', async () => {
  repository.schemas(edited(library, ['reviews', 'pagesRead: Int', 'pagesRead: Int name: String!']));
  approve('2026-12-31', { coordinate: 'Book.name', code: 'INVALID_FIELD_SHARING' });
  expect((await repository.check()).ok).toBe(false);
});

test.each([
  ['is no YAML', 'approved: [', 1],
  ['has no list', 'changes: []\n', 1],
  [
    'has an entry without a reason',
    'approved:\n  - coordinate: Book.tags\n    code: FIELD_REMOVED\n    until: 2026-12-31\n',
    2,
  ],
  [
    'has a date that is none',
    'approved:\n  - coordinate: Book.tags\n    code: FIELD_REMOVED\n    why: x\n    until: soon\n',
    5,
  ],
  [
    'has a misspelt key',
    'approved:\n  - coordinate: Book.tags\n    code: FIELD_REMOVED\n    why: x\n    untill: 2026-12-31\n',
    2,
  ],
])('a file of approvals that %s is told, and approves nothing', async (_, text, line) => {
  repository.write(file, text);
  const { ok, found } = await findingsOf('APPROVALS_INVALID');
  expect(ok).toBe(false);
  expect(found[0]).toMatchObject({ file, mend: expect.stringContaining('approved:') });
  expect(found[0]?.line).toBe(line);
});

it('a file of approvals may be empty', async () => {
  repository.schemas(library);
  repository.write(file, '# Nothing is approved.\napproved:\n');
  expect((await findingsOf('APPROVALS_INVALID')).found).toEqual([]);
});
