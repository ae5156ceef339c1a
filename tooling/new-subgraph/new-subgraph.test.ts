import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { describeNewSubgraph } from './describe-new-subgraph.ts';
import { type NewSubgraph, newSubgraph } from './new-subgraph.ts';
import { NewSubgraphError } from './new-subgraph-error.ts';
import { writeTogether } from './write-together.ts';

// Each subgraph is formatted by a program of its own for each file.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const today = new Date('2026-05-04T12:00:00Z');
let tree: TemporaryTree;

/** What a new subgraph is made in: two subgraphs, what is left of a third, and the services of the repository. */
function givenRepository(): TemporaryTree {
  const given = temporaryTree();
  for (const file of [
    'biome.json',
    '.gitignore',
    'package.json',
    'docker-compose.yml',
    'packages/database/package.json',
  ])
    given.given(file, readFileSync(join(repository, file), 'utf8'));
  given.link('node_modules', join(repository, 'node_modules'));
  given.link('tooling', join(repository, 'tooling'));
  given.given(
    'rover.yaml',
    `# Kept.\nfederation_version: =2.14.4\nsubgraphs:\n${entry('orders', 4005)}${entry('catalog', 4002)}`,
  );
  given.given(
    'subgraphs/catalog/schema.graphql',
    'type Query { review(id: ID!): Rating }\ntype Rating { id: ID! }\ntype TagEdge { id: ID! }\nextend type Coupon { id: ID! }\n',
  );
  given.given('subgraphs/orders/schema.graphql', 'type Mutation { createParcel: Boolean }\n');
  given.given('subgraphs/leftover/notes.md', 'Old.\n');
  return given;
}

function entry(name: string, port: number): string {
  return `  ${name}:\n    routing_url: http://localhost:${port}/graphql\n    schema:\n      file: ./subgraphs/${name}/schema.graphql\n`;
}

/** The ports that services listen on. */
const portsOf = (compose: string) => [...compose.matchAll(/ PORT: "(\d+)"/g)].map(([, port]) => Number(port));
const make = (name: string, type?: string) =>
  newSubgraph({ root: tree.root, name, today, ...(type && { type }) });
const text = (path: string) => readFileSync(join(tree.root, path), 'utf8');

/** Every file of the tree that is not a link, with its text. */
function snapshot(): Readonly<Record<string, string>> {
  const files = readdirSync(tree.root, { recursive: true, withFileTypes: true }).filter((found) =>
    found.isFile(),
  );
  return Object.fromEntries(
    files
      .map((found) => join(found.parentPath, found.name))
      .map((file) => [file, readFileSync(file, 'utf8')]),
  );
}

describe('a new subgraph', () => {
  let first: NewSubgraph;
  let second: NewSubgraph;
  const before: Record<string, string> = {};
  beforeAll(async () => {
    tree = givenRepository();
    for (const file of ['rover.yaml', 'docker-compose.yml']) before[file] = text(file);
    first = await make('gift-cards');
    second = await make('loyalty', 'Membership');
  });
  afterAll(() => tree.remove());

  it('has a folder in the form of the house', () => {
    expect(first).toMatchObject({ name: 'gift-cards', type: 'GiftCard', folder: 'subgraphs/gift-cards' });
    for (const path of [
      'schema.graphql',
      'package.json',
      'README.md',
      'src/main.ts',
      'src/subgraph.ts',
      'src/context.ts',
      'src/config.ts',
      'src/gift-card/gift-card.entity.ts',
      'src/resolvers/Query/giftCard.ts',
      'src/resolvers/Mutation/createGiftCard.ts',
      'migrations/2026-05-04-gift-cards.ts',
      'tests/gift-cards.test.ts',
    ]) {
      expect(first.made).toContain(`subgraphs/gift-cards/${path}`);
    }
    for (const path of first.made) expect(text(path), path).not.toMatch(/__(?!generated)[A-Za-z]+__/);
    expect(JSON.parse(text('subgraphs/gift-cards/package.json'))).toMatchObject({ name: '@stoa/gift-cards' });
  });

  it('listens at the port after the last one, by one address in rover.yaml, its service and the router', () => {
    const { port } = first;
    expect(port).toBeGreaterThan(Math.max(...portsOf(String(before['docker-compose.yml']))));
    expect(parse(text('rover.yaml')).subgraphs['gift-cards']).toEqual({
      routing_url: `http://localhost:${port}/graphql`,
      schema: { file: './subgraphs/gift-cards/schema.graphql' },
    });
    const { services } = parse(text('docker-compose.yml'), { merge: true });
    expect(services['gift-cards']).toMatchObject({
      restart: services.catalog.restart,
      build: { ...services.catalog.build, args: { SERVICE: 'subgraphs/gift-cards' } },
      environment: {
        PORT: String(port),
        STOA_CONTEXT_SECRET: services.catalog.environment.STOA_CONTEXT_SECRET,
        DATABASE_URL: expect.stringMatching(/\/gift_cards$/),
      },
      healthcheck: services.catalog.healthcheck,
    });
    expect(services.router.environment.GIFT_CARDS_URL).toBe(`http://gift-cards:${port}/graphql`);
    expect(services.router.depends_on['gift-cards']).toEqual({ condition: 'service_healthy' });
  });

  it.each(['rover.yaml', 'docker-compose.yml'])('leaves every line of %s as it was, comments too', (file) => {
    const lines = String(before[file]).split('\n');
    const after = text(file).split('\n');
    let kept = 0;
    for (const line of after) if (line === lines[kept]) kept += 1;
    expect(lines.slice(kept)).toEqual([]);
    expect(after.length).toBeGreaterThan(lines.length);
  });

  it('stands beside another new one', () => {
    expect(second).toMatchObject({ name: 'loyalty', type: 'Membership', port: first.port + 1 });
    expect(second.made).toContain('subgraphs/loyalty/src/membership/membership.entity.ts');
    const { subgraphs } = parse(text('rover.yaml'));
    expect(Object.keys(subgraphs)).toEqual(['orders', 'catalog', 'gift-cards', 'loyalty']);
  });

  it('is told of with what to do next', () => {
    const report = describeNewSubgraph(first);
    expect(report).toContain('  subgraphs/gift-cards/schema.graphql');
    expect(report).toContain('Added it to rover.yaml and docker-compose.yml.');
    for (const command of ['npm install', 'npm run compose', 'npm start -w @stoa/gift-cards'])
      expect(report).toContain(`\n  ${command}  `);
  });
});

describe('nothing is written', () => {
  beforeEach(() => {
    tree = givenRepository();
  });
  afterEach(() => tree.remove());

  it.each([
    ['a name of another form', 'Gift_Cards', undefined, 'Expected a name of lower-case letters'],
    ['a subgraph of the registry', 'catalog', undefined, 'rover.yaml lists catalog'],
    ['a folder that is there', 'leftover', undefined, 'there is a folder subgraphs/leftover'],
    ['a service of another kind', 'postgres', undefined, 'docker-compose.yml has a service postgres'],
    ['the name of a package', 'database', undefined, 'packages/database is the package @stoa/database'],
    ['a type of another', 'ratings', undefined, 'Rating of catalog'],
    ['a type that another refers to', 'coupons', undefined, 'Coupon of catalog'],
    ['a type whose list is taken', 'tags', undefined, 'TagEdge of catalog'],
    ['a query of another', 'reviews', undefined, 'Query.review of catalog'],
    ['a mutation of another', 'shipping', 'Parcel', 'Mutation.createParcel of orders'],
  ])('for %s', async (_, name, type, message) => {
    const before = snapshot();
    await expect(make(name, type)).rejects.toThrow(message);
    await expect(make(name, type)).rejects.toBeInstanceOf(NewSubgraphError);
    expect(snapshot()).toEqual(before);
  });

  it.each([
    ['rover.yaml is missing', 'rover.yaml', null, 'expected a file that can be read'],
    ['rover.yaml has a fault', 'rover.yaml', 'subgraphs: [', 'expected YAML, found a syntax error'],
    ['docker-compose.yml is missing', 'docker-compose.yml', null, 'Expected a file docker-compose.yml'],
    ['docker-compose.yml is no YAML', 'docker-compose.yml', 'services: [', 'docker-compose.yml: '],
    [
      'docker-compose.yml has no router',
      'docker-compose.yml',
      'services:\n  postgres:\n    image: postgres\n',
      'expected services.router.environment to be a map',
    ],
    [
      'docker-compose.yml lacks what services share',
      'docker-compose.yml',
      'services:\n  router:\n    environment:\n      PORT: 1\n    depends_on:\n      a:\n        condition: b\n',
      'docker-compose.yml: expected an anchor &service',
    ],
    [
      'a schema does not parse',
      'subgraphs/orders/schema.graphql',
      'type Query {\n',
      'subgraphs/orders/schema.graphql:2: ',
    ],
  ])('when %s', async (_, file, content, message) => {
    if (content === null) rmSync(join(tree.root, file));
    else tree.given(file, content);
    const before = snapshot();
    await expect(make('wishlist')).rejects.toThrow(message);
    await expect(make('wishlist')).rejects.toBeInstanceOf(NewSubgraphError);
    expect(snapshot()).toEqual(before);
  });

  it.each([
    [
      'a file of the folder',
      new Map([
        ['a', '1'],
        ['a/b', '2'],
      ]),
    ],
    ['a file that is there', new Map([['a', '1']])],
  ])('when writing %s fails on the way', (what, files) => {
    // A folder where the new text of the second file would be put first.
    if (what === 'a file that is there') mkdirSync(join(tree.root, `docker-compose.yml.${process.pid}.tmp`));
    const before = snapshot();
    const changes = new Map([
      ['rover.yaml', 'new'],
      ['docker-compose.yml', 'new'],
    ]);
    expect(() => writeTogether(tree.root, 'subgraphs/wishlist', files, changes)).toThrow();
    expect(existsSync(join(tree.root, 'subgraphs/wishlist'))).toBe(false);
    expect(snapshot()).toEqual(before);
  });

  it('into a folder that somebody else has made in between', () => {
    const before = snapshot();
    expect(() => writeTogether(tree.root, 'subgraphs/leftover', new Map([['a', '1']]), new Map())).toThrow(
      'EEXIST',
    );
    expect(snapshot()).toEqual(before);
  });
});
