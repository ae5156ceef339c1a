import { existsSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOf } from './run/bundle.mjs';
import { compileAsUsual, putOffCompiling } from './run/compile-later.mjs';
import { keepCode } from './run/packages.mjs';
import { showSources } from './run/show-sources.mjs';

// `node tooling/run.mjs FILE.ts [arguments]` runs a program of the repository, on any Node from 20.19.
// `node tooling/run.mjs --bundle FILE.ts` only makes its bundle, so that its first start need not.
// `node tooling/run.mjs --serve FILE.ts [arguments]` runs one that goes on when it has started: what it starts with is not compiled for speed.
// It is JavaScript because Node 20 does not run TypeScript. docs/adr/0001 says why it bundles.
const option = ['--bundle', '--serve'].find((known) => known === process.argv[2]);
const [file, ...args] = process.argv.slice(option === undefined ? 2 : 3);
if (file === undefined || !existsSync(file)) {
  const found = file === undefined ? 'nothing' : `no file at ${resolve(file)}`;
  console.error(`Expected a program to run, found ${found}. Usage: node tooling/run.mjs FILE.ts [arguments]`);
  process.exit(1);
}
const entry = realpathSync(file);
if (option === '--serve') putOffCompiling();
try {
  const bundle = await bundleOf(entry);
  if (option === '--bundle') process.exit();
  showSources(bundle);
  process.argv = [process.argv[0], entry, ...args];
  process.title = `node ${basename(entry)}`;
  await import(pathToFileURL(bundle).href);
  keepCode();
  if (option === '--serve') compileAsUsual();
} catch (error) {
  // esbuild has printed its errors, each with its file and line.
  if (!Array.isArray(error?.errors)) throw error;
  process.exit(1);
}
