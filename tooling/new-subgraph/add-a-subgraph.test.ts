import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { followWalkThrough, readWalkThrough } from '../documents/walk-through.ts';
import { type RepositoryCopy, repositoryCopy } from '../repository-copy.ts';
import { repository } from '../temporary-tree.ts';

// The whole check, and processes that start: half a minute alone, minutes on a machine that is busy.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 120_000 });

let copy: RepositoryCopy;
beforeAll(async () => {
  copy = repositoryCopy();
  // It is there when the document has the supergraph composed and all of it checked: what holds for wishlist holds for it.
  const { code, output } = await copy.run(
    'npm run new:subgraph -- gift-cards --type GiftCardWithAnExceptionallyLongName',
  );
  expect(code, output).toBe(0);
});
afterAll(() => copy?.remove());

/** Starts the subgraph at a free port, asks it for its list as its own page would, and stops it. */
async function startAndAsk(command: string): Promise<{ code: number; output: string }> {
  const port = String(await freePort());
  const running = await copy.start(command, /x-stoa-context: \S+\n/, { PORT: port });
  try {
    const [, context = ''] = /x-stoa-context: (\S+)/.exec(running.output()) ?? [];
    const response = await fetch(`http://localhost:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-stoa-context': context },
      body: JSON.stringify({ query: '{ wishlists { nodes { id } totalCount } }' }),
    });
    expect(await response.json()).toEqual({ data: { wishlists: { nodes: [], totalCount: 0 } } });
    return { code: 0, output: running.output() };
  } finally {
    await running.stop();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Does a command of the document; what needs a registry or would never end is done in another way. */
async function perform(command: string): Promise<{ code: number | null; output: string }> {
  if (command === 'npm install') {
    for (const name of ['wishlist', 'gift-cards']) copy.linkWorkspace(`subgraphs/${name}`);
    return copy.run('npm run generate');
  }
  return command.startsWith('npm start ') ? startAndAsk(command) : copy.run(command);
}

it('docs/add-a-subgraph.md can be followed from its first line to its last', async () => {
  const steps = readWalkThrough(readFileSync(join(repository, 'docs/add-a-subgraph.md'), 'utf8'));
  const commands = steps.flatMap((step) => (step.kind === 'run' ? step.commands : []));
  expect(commands).toEqual(
    expect.arrayContaining([
      'npm install',
      'npm run compose',
      'npm run check',
      'npm start -w @stoa/wishlist',
    ]),
  );
  await followWalkThrough(steps, { root: copy.root, given: copy.given, run: perform });
  expect(readFileSync(join(copy.root, 'schema/supergraph.graphql'), 'utf8')).toMatch(
    /wishlistCount: Int @join__field\(graph: WISHLIST\)/,
  );
  expect(readFileSync(join(copy.root, 'schema/supergraph.graphql'), 'utf8')).toContain(
    'GIFT_CARDS @join__graph',
  );
});

it('a subgraph of another name than its entity, with hyphens and a long one, passes its tests beside it', async () => {
  const { code, output } = await copy.run('npx vitest run subgraphs/gift-cards deploy');
  expect(code, output).toBe(0);
});
