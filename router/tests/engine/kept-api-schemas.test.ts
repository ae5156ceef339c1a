import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { introspectionFromSchema, parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import { keptApiSchemas } from '../../src/engine/planning/kept-api-schemas.ts';
import { openSupergraph, readSupergraph } from '../../src/engine/supergraph.ts';
import { loadSupergraph } from '../../src/index.ts';
import { testGraph } from '../test-graph.ts';
import { graphOf } from './graph-of.ts';

await loadFederation();

const stoa = loadSupergraph('schema/supergraph.graphql');

describe('API schemas that are kept', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'stoa-schemas-')), 'plans');
  });
  // Tried again where a file of it is still being written.
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, maxRetries: 10 }));

  /** As a process reads it that starts now. */
  const read = async (sdl: string, onFailed: (error: unknown) => void = vi.fn()) => {
    const supergraph = await openSupergraph(sdl, keptApiSchemas({ folder, onFailed }));
    return { supergraph, apiSchema: supergraph.apiSchema };
  };
  const kept = () => readdirSync(folder).filter((name) => name.endsWith('.graphql'));
  const untilKept = (count = 1) => vi.waitFor(() => expect(kept()).toHaveLength(count));
  const file = () => join(folder, kept()[0] ?? '');

  it.each([
    ['Stoa', stoa],
    ['the test graph', testGraph().supergraphSdl],
  ])('show of %s what the supergraph shows', async (_, sdl) => {
    const made = (await read(sdl)).apiSchema;
    await untilKept();
    const found = await read(sdl);
    expect(found.apiSchema).not.toBe(made);
    expect(introspectionFromSchema(found.apiSchema)).toEqual(introspectionFromSchema(made));
    expect(found.supergraph.subgraphs).toEqual(readSupergraph(sdl).subgraphs);
    expect(found.supergraph.directives).toEqual(readSupergraph(sdl).directives);
  });

  it('are what a start shows in place of reading the supergraph', async () => {
    await read(stoa);
    await untilKept();
    writeFileSync(file(), 'type Query { fromTheFile: Boolean }');
    expect(Object.keys((await read(stoa)).apiSchema.getQueryType()?.getFields() ?? {})).toEqual([
      'fromTheFile',
    ]);
  });

  it('hold up no plan', async () => {
    const { supergraphSdl } = testGraph();
    await read(supergraphSdl);
    await untilKept();
    const { supergraph } = await read(supergraphSdl);
    expect(supergraph.plan(parse('{ whoami }'), undefined).node).toMatchObject({ kind: 'Fetch' });
  });

  it('are made again where the file cannot be read', async () => {
    const made = (await read(stoa)).apiSchema;
    await untilKept();
    writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, -100));
    expect(introspectionFromSchema((await read(stoa)).apiSchema)).toEqual(introspectionFromSchema(made));
  });

  it('are of one supergraph, for their owner alone to read', async () => {
    await read(stoa);
    await untilKept();
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const { supergraphSdl } = testGraph();
    expect((await read(supergraphSdl)).apiSchema.getType('Book')).toBeDefined();
    await untilKept(2);
  });

  it('are of no supergraph that is refused', async () => {
    const { sdl } = graphOf({ other: { sdl: 'type Query { whoami: ID }' } }).supergraph;
    const broken = sdl.replace('type Query', 'type Query implements Missing');
    for (let time = 0; time < 2; time += 1) await expect(read(broken)).rejects.toThrow('Missing');
  });

  it('are made all the same, and that is told, where they cannot be written', async () => {
    writeFileSync(folder, 'a file where the folder should be');
    const failed = vi.fn();
    expect((await read(stoa, failed)).apiSchema.getType('Product')).toBeDefined();
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
  });
});
