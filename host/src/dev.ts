import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';

/**
 * `npm run dev`: the shop, started again when code changes; when a schema.graphql or a proto changes,
 * types are generated and the supergraph is composed first. While they do not compose, the shop that
 * runs stays up.
 */
const root = repositoryRoot();
const watched = ['packages', 'subgraphs', 'router', 'host', 'seed', 'rover.yaml'];
const runner = join('tooling', 'run.mjs');
const quietMs = 150;

let shop: ChildProcess | null = null;
let pending: NodeJS.Timeout | null = null;
let contractChanged = false;

if (compose()) start();
for (const name of watched) {
  const path = join(root, name);
  if (existsSync(path)) watch(path, { recursive: true }, (_, file) => onChange(file ?? name));
}
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void stop().then(() => process.exit(0)));

function onChange(file: string): void {
  if (/(^|\/)(__generated__|node_modules|\.data)(\/|$)|\.test\.ts$/.test(file)) return;
  const isContract = /\.(graphql|proto)$|^rover\.yaml$/.test(file);
  if (!isContract && !/\.(ts|json)$/.test(file)) return;
  contractChanged ||= isContract;
  if (pending !== null) clearTimeout(pending);
  pending = setTimeout(() => void reload(file), quietMs);
}

async function reload(file: string): Promise<void> {
  const mustCompose = contractChanged;
  contractChanged = false;
  console.log(`\n${file} changed`);
  if (mustCompose && !compose()) return;
  await stop();
  start();
}

function compose(): boolean {
  for (const script of ['generate', 'compose']) {
    const { status } = spawnSync(process.execPath, [runner, join('tooling', 'commands', `${script}.ts`)], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (status !== 0) {
      console.error(`npm run ${script} failed: mend it, and the shop starts again when the file is saved`);
      return false;
    }
  }
  return true;
}

function start(): void {
  shop = spawn(process.execPath, [runner, join('host', 'src', 'main.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
}

function stop(): Promise<void> {
  const child = shop;
  shop = null;
  if (child === null || child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
