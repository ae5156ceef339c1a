import { existsSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleOf } from './run/bundle.mjs';
import { compileAsUsual } from './run/compile-as-usual.mjs';
import { keepCode } from './run/packages.mjs';
import { showSources } from './run/show-sources.mjs';

// `node tooling/run.mjs FILE.ts [arguments]` runs a program of the repository, on any Node from 20.19.
// `node tooling/run.mjs --bundle FILE.ts` only makes its bundle, so that its first start need not.
// It is JavaScript because Node 20 does not run TypeScript. docs/adr/0001 says why it bundles.
const isBundledOnly = process.argv[2] === '--bundle';
const [file, ...args] = process.argv.slice(isBundledOnly ? 3 : 2);
if (file === undefined || !existsSync(file)) {
  const found = file === undefined ? 'nothing' : `no file at ${resolve(file)}`;
  console.error(`Expected a program to run, found ${found}. Usage: node tooling/run.mjs FILE.ts [arguments]`);
  process.exit(1);
}
const entry = realpathSync(file);
try {
  const bundle = await bundleOf(entry);
  if (isBundledOnly) process.exit();
  showSources(bundle);
  process.argv = [process.argv[0], entry, ...args];
  process.title = `node ${basename(entry)}`;
  await import(pathToFileURL(bundle).href);
  keepCode();
  compileAsUsual();
} catch (error) {
  // esbuild has printed its errors, each with its file and line.
  if (!Array.isArray(error?.errors)) throw error;
  process.exit(1);
}
