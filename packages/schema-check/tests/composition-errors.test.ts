import { ERRORS } from '@apollo/federation-internals';
import { repositoryRoot } from '@stoa/registry';
import { describe, expect, it } from 'vitest';
import { compositionStep } from '../src/composition/composition-step.ts';
import { composeVersion } from '../src/graph/compose-version.ts';
import { subgraphsOfWorkingTree } from '../src/graph/from-working-tree.ts';
import type { CheckContext } from '../src/step.ts';
import { editsThatFail, notByOneEdit } from './composition-errors/edits.ts';

const stoa = subgraphsOfWorkingTree(repositoryRoot());
const context: CheckContext = {
  root: repositoryRoot(),
  operations: [],
  usage: null,
  since: new Date(0),
  now: new Date(),
  progress: () => undefined,
};

describe("one edit of Stoa's schemas", () => {
  it.each(editsThatFail)('provokes $code when $title', async ({ code, subgraph, edit, isWhere = 'line' }) => {
    const after = composeVersion(
      'the edit',
      stoa.map((source) => {
        if (source.name !== subgraph) return source;
        const sdl = edit(source.sdl);
        expect(sdl).not.toBe(source.sdl);
        return { ...source, sdl };
      }),
    );
    expect(after.supergraphSdl).toBeNull();
    const findings = await compositionStep(null, after, context);
    const found = findings.find((finding) => finding.code === code);
    expect(found, JSON.stringify(findings, null, 1)).toMatchObject({ step: 'composition', level: 'error' });
    expect(found?.mend).not.toBe('');
    const places = found?.details?.['places'] as { subgraph: string; file: string; line?: number }[];
    const place = places.find((candidate) => (isWhere === 'line' ? candidate.line !== undefined : true));
    expect(place).toMatchObject({ file: `subgraphs/${place?.subgraph}/schema.graphql` });
  });

  it('leads to every error of the composition that it can lead to', () => {
    const provoked = new Set(editsThatFail.map(({ code }) => code));
    expect(Object.keys(notByOneEdit).filter((code) => provoked.has(code))).toEqual([]);
    expect([...provoked, ...Object.keys(notByOneEdit)].sort()).toEqual(
      Object.values(ERRORS)
        .map(({ code }) => code)
        .sort(),
    );
  });
});
