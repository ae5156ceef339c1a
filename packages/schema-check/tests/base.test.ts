import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, graphqlSync } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { Finding } from '../src/report/finding.ts';
import type { Report } from '../src/report/report.ts';
import { type CheckedRepository, checkedRepository } from './checked-repository.ts';
import { edited, library, versionOf } from './small-graph.ts';

let repository: CheckedRepository;
beforeEach(() => {
  repository = checkedRepository();
  repository.schemas(library);
  repository.commit('The library');
});
afterEach(() => repository.discard());

/** The differences that were found, as code and coordinate. */
function changesOf({ findings }: Report): string[] {
  return findings
    .filter(({ step }) => step === 'diff')
    .map(({ code, coordinate }) => `${code} ${coordinate}`);
}

function outcomeOf(report: Report, name: Finding['step']) {
  return report.steps.find((step) => step.name === name)?.outcome;
}

const withLocation = edited(library, ['catalog', 'tags: [String!]!', 'tags: [String!]! location: String']);
const withoutTags = edited(library, ['catalog', 'tags: [String!]!', '']);

describe('without a base', () => {
  it('compares with where the work left main, and not with what main has become', async () => {
    repository.git('checkout', '--quiet', '-b', 'work');
    repository.schemas(withLocation);
    repository.commit('The work');
    repository.git('checkout', '--quiet', 'main');
    repository.schemas(edited(library, ['reviews', 'pagesRead: Int', 'pagesRead: Int stars: Int']));
    repository.commit('Somebody else');
    repository.git('checkout', '--quiet', 'work');
    const report = await repository.check();
    expect(changesOf(report)).toEqual(['FIELD_ADDED Book.location']);
    expect(report.base).toMatch(/^main \([0-9a-f]{7}\)$/);
  });

  it('sees what is not committed yet', async () => {
    repository.schemas(withoutTags);
    const report = await repository.check();
    expect(changesOf(report)).toEqual(['FIELD_REMOVED Book.tags']);
    expect(report.ok).toBe(true);
  });

  it('compares with HEAD where there is no main branch', async () => {
    repository.git('branch', '--move', 'trunk');
    repository.schemas(withLocation);
    const report = await repository.check();
    expect(report.base).toMatch(/^HEAD \(/);
    expect(changesOf(report)).toEqual(['FIELD_ADDED Book.location']);
  });

  it('finds the remote’s main in a clone that has no other', async () => {
    const clone = checkedRepository({ history: false });
    clone.git('clone', '--quiet', repository.root, '.');
    clone.git('checkout', '--quiet', '-b', 'work');
    clone.git('branch', '--delete', 'main');
    clone.schemas(withLocation);
    const report = await clone.check();
    expect(report.base).toMatch(/^origin\/main \(/);
    expect(changesOf(report)).toEqual(['FIELD_ADDED Book.location']);
    clone.discard();
  });

  it('finds nothing where nothing changed', async () => {
    const report = await repository.check();
    expect(report).toMatchObject({ ok: true });
    expect(changesOf(report)).toEqual([]);
  });

  it('says so and how to go on outside of a git repository, and runs what needs no base', async () => {
    const bare = checkedRepository({ history: false });
    bare.schemas(library);
    const report = await bare.check();
    expect(report.ok).toBe(false);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        level: 'error',
        code: 'BASE_NOT_FOUND',
        mend: expect.stringContaining('--base'),
      }),
    );
    expect([outcomeOf(report, 'composition'), outcomeOf(report, 'operations')]).toEqual(['passed', 'passed']);
    bare.discard();
  });
});

describe('a base', () => {
  it('can be a commit, a tag or a branch', async () => {
    repository.git('tag', 'v1');
    const commit = repository.git('rev-parse', 'HEAD');
    repository.schemas(withoutTags);
    repository.commit('Without tags');
    for (const base of ['v1', commit, commit.slice(0, 8), 'HEAD~1']) {
      expect(changesOf(await repository.check({ base }))).toEqual(['FIELD_REMOVED Book.tags']);
    }
    expect(changesOf(await repository.check({ base: 'main' }))).toEqual([]);
  });

  it('can be a supergraph file', async () => {
    repository.write('base.graphql', versionOf(withLocation).supergraphSdl ?? '');
    const report = await repository.check({ base: 'base.graphql' });
    expect(changesOf(report)).toEqual(['FIELD_REMOVED Book.location']);
    expect(report.base).toBe('base.graphql');
  });

  it('can be a file of the API schema', async () => {
    repository.write('api.graphql', 'type Query { offers: [Offer!]! old: Int }\ntype Offer { cents: Int! }');
    const changes = changesOf(await repository.check({ base: 'api.graphql' }));
    expect(changes).toContain('FIELD_REMOVED Query.old');
    expect(changes).toContain('FIELD_ADDED Query.book');
  });

  test.each([
    ['a name that nothing has', 'nowhere', 'BASE_NOT_FOUND', /no URL, no file, and no commit/],
    [
      'a file that does not exist',
      'old/supergraph.graphql',
      'BASE_NOT_FOUND',
      /no URL, no file, and no commit/,
    ],
    ['a file that is no schema', 'rover.yaml', 'BASE_UNREADABLE', /cannot be read as one/],
    ['a supergraph that is cut off', 'cut.graphql', 'BASE_UNREADABLE', /cannot be read as one: /],
    ['a commit without subgraphs', 'empty', 'BASE_UNREADABLE', /has none/],
    ['a commit whose rover.yaml is none', 'muddled', 'BASE_UNREADABLE', /routing_url and a schema.file/],
    ['a commit that lacks a schema', 'lacking', 'BASE_UNREADABLE', /lacks subgraphs\/shop\/schema\.graphql/],
    ['an option in disguise', '--output=x', 'BASE_NOT_FOUND', /no URL, no file, and no commit/],
  ])('that is %s is told, with how to go on', async (_, base, code, message) => {
    repository.write('cut.graphql', (versionOf(library).supergraphSdl ?? '').slice(0, 2_000));
    if (base === 'empty') {
      repository.git('checkout', '--quiet', '--orphan', 'empty');
      repository.git('rm', '--quiet', '-r', '--cached', '.');
      repository.git(
        '-c',
        'user.name=T',
        '-c',
        'user.email=t@example.com',
        'commit',
        '--quiet',
        '--allow-empty',
        '-m',
        'x',
      );
    } else if (base === 'muddled' || base === 'lacking') {
      repository.git('checkout', '--quiet', '-b', base);
      if (base === 'muddled') repository.write('rover.yaml', 'subgraphs: [catalog]\n');
      else repository.remove('subgraphs/shop/schema.graphql');
      repository.commit();
      repository.schemas(library);
    }
    const report = await repository.check({ base });
    expect(report.ok).toBe(false);
    expect(report.findings.find((finding) => finding.code === code)).toMatchObject({
      step: 'diff',
      level: 'error',
      message: expect.stringMatching(message),
      mend: expect.stringMatching(/\w/),
    });
    expect(outcomeOf(report, 'composition')).toBe('passed');
    expect(outcomeOf(report, 'diff')).toBe('failed');
  });

  it('that does not compose holds up no change that mends it', async () => {
    repository.schemas(edited(library, ['reviews', 'rating: Float', 'rating: Nothing']));
    repository.commit('Broken');
    repository.schemas(library);
    const report = await repository.check();
    expect(report.ok).toBe(true);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        code: 'BASE_DOES_NOT_COMPOSE',
        message: expect.stringContaining('Unknown type Nothing'),
      }),
    );
  });
});

describe('a base by URL', () => {
  const servers: Server[] = [];
  async function serve(answer: (query: string) => string): Promise<string> {
    const server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      request.on('end', () => response.end(answer(text)));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  }
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
  });

  it('is the graph that runs there', async () => {
    const schema = buildSchema('type Query { offers: [Offer!]! old: Int } type Offer { cents: Int! }');
    const url = await serve((text) => {
      const { query } = JSON.parse(text) as { query: string };
      return JSON.stringify(graphqlSync({ schema, source: query }));
    });
    const report = await repository.check({ base: url });
    expect(report.base).toBe(url);
    expect(changesOf(report)).toContain('FIELD_REMOVED Query.old');
    expect(changesOf(report)).not.toContainEqual(expect.stringContaining('@defer'));
  });

  it('that refuses introspection is told, with what to name instead', async () => {
    const url = await serve(() => '{"errors":[{"message":"Introspection is off"}]}');
    expect((await repository.check({ base: url })).findings).toContainEqual(
      expect.objectContaining({
        code: 'BASE_UNREADABLE',
        message: expect.stringContaining('Introspection is off'),
        mend: expect.stringContaining('supergraph file'),
      }),
    );
  });

  it('that answers no JSON is told', async () => {
    const url = await serve(() => '<html>Not here</html>');
    expect((await repository.check({ base: url })).findings).toContainEqual(
      expect.objectContaining({ code: 'BASE_UNREADABLE', message: expect.stringContaining('Not here') }),
    );
  });

  it('that nobody answers is told', async () => {
    expect((await repository.check({ base: 'http://127.0.0.1:9/graphql' })).findings).toContainEqual(
      expect.objectContaining({ code: 'BASE_UNREACHABLE', level: 'error' }),
    );
  });
});

describe('the working tree', () => {
  it('with a schema that does not parse is told by file and line, and the steps that need the graph are skipped', async () => {
    repository.schemas(edited(library, ['reviews', 'type Review @key', 'type Review @@key']));
    const report = await repository.check();
    expect(report.ok).toBe(false);
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        step: 'composition',
        code: 'INVALID_GRAPHQL',
        file: 'subgraphs/reviews/schema.graphql',
        line: 7,
        mend: expect.stringMatching(/Correct the schema/),
      }),
    );
    expect(
      report.steps.filter(({ outcome }) => outcome === 'skipped').map(({ name, note }) => [name, note]),
    ).toEqual(
      ['diff', 'operations', 'plans', 'contracts'].map((name) => [name, 'the subgraphs do not compose']),
    );
  });

  it('with a rover.yaml that is none is told', async () => {
    repository.write('rover.yaml', 'subgraphs: 1\n');
    const report = await repository.check();
    expect(report.ok).toBe(false);
    expect(report.findings).toContainEqual(
      expect.objectContaining({ step: 'composition', code: 'REGISTRY_INVALID', file: 'rover.yaml' }),
    );
  });

  it('says what it is doing', async () => {
    const said: string[] = [];
    await repository.check({ progress: (text) => said.push(text) });
    expect(said).toEqual(expect.arrayContaining(['composing the working tree', 'lint', 'diff', 'plans']));
  });
});
