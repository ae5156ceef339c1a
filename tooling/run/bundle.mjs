import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundlePackages, canBeBundled, exportedNames, standIn } from './bundle-packages.mjs';

const root = resolve(import.meta.dirname, '../..');
/** Below the root, so that a bundle finds the packages that its sources find. */
const cache = join(root, '.cache', 'run');
const keptMs = 30 * 24 * 60 * 60 * 1_000;
/** Files that are no import of a program and yet decide what it is made of. */
const alsoRead = [
  'package-lock.json',
  'node_modules/.package-lock.json',
  'rover.yaml',
  'tooling/run/bundle.mjs',
  'tooling/run/bundle-packages.mjs',
  'tooling/run/packages.mjs',
];
/** Programs whose packages are bundled, too: to bundle them takes seconds, so that it has to pay (docs/adr/0025). */
const withPackages = ['/host/src/main.ts', '/planning/plan-worker.ts'];

/**
 * The bundle of a program: our own sources in a few files, the packages from node_modules left outside.
 * It is made again when a source has changed. Files are named by their content, so that programs that
 * start at the same time cannot disturb each other.
 * @param {string} entry absolute path of the program's TypeScript
 * @returns {Promise<string>} absolute path of the JavaScript to import
 * @throws esbuild's BuildFailure, after its errors were printed
 */
export async function bundleOf(entry) {
  const record = join(cache, `${basename(entry, '.ts')}-${digest(entry)}.json`);
  return unchanged(record) ?? bundle(entry, record);
}

async function bundle(entry, record) {
  const esbuild = await import('esbuild');
  const packages = packagesOutside();
  const context = await esbuild.context({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: cache,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    // A program that wants a thread of TypeScript is run from a bundle, and so is the thread.
    define: { 'process.features.typescript': 'false' },
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [packages.plugin, filesKnowTheirPlace],
  });
  mkdirSync(cache, { recursive: true });
  removeOld();
  let { outputFiles, metafile } = await context.rebuild();
  const packed =
    withPackages.some((program) => entry.endsWith(program)) &&
    (await packagesOf(esbuild, entry, packages.wanted));
  if (packed) {
    packages.bundled = packed;
    ({ outputFiles, metafile } = await context.rebuild());
  }
  await context.dispose();
  // The service that esbuild leaves running would outlive a program that is killed.
  await esbuild.stop();
  for (const { path, contents } of outputFiles) if (!existsSync(path)) writeWhole(path, contents);
  const isEntry = ([, { entryPoint }]) => entryPoint !== undefined && resolve(root, entryPoint) === entry;
  const [output] = Object.entries(metafile.outputs).find(isEntry);
  const sources = Object.keys(metafile.inputs).filter((input) => !input.startsWith('package:'));
  const outputs = [...Object.keys(metafile.outputs), ...(packed ? [packed.file] : [])];
  const stamps = { ...stampsOf([...sources, ...alsoRead]), ...(packed ? packed.stamps : {}) };
  writeWhole(record, JSON.stringify({ output, outputs, stamps }));
  return join(root, output);
}

/** The packages of a program in one file, made again when one was changed or another is wanted. */
async function packagesOf(esbuild, entry, wanted) {
  const record = join(cache, `packages-${basename(entry, '.ts')}-${digest(entry)}.json`);
  const names = [...wanted.keys()].sort();
  const last = readRecord(record);
  if (last !== undefined && last.names.join() === names.join()) return last;
  try {
    const { text, inputs, esm } = await bundlePackages(esbuild, root, wanted);
    const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
    const file = join('.cache', 'run', `packages-${hash}.cjs`);
    writeWhole(join(root, file), text);
    const exported = exportedNames(join(root, file), names);
    const made = { names, file, outputs: [file], stamps: stampsOf([...inputs, ...alsoRead]), exported, esm };
    writeWhole(record, JSON.stringify(made));
    return made;
  } catch (error) {
    console.warn(`Packages stay outside of the bundle, and the start takes longer: ${error.message}`);
    return undefined;
  }
}

/** The bundle that a record tells of. */
function unchanged(record) {
  const known = readRecord(record);
  return known === undefined ? undefined : join(root, known.output);
}

/** What a record says, when each of its files is there and no source has changed since. */
function readRecord(record) {
  try {
    const known = JSON.parse(readFileSync(record, 'utf8'));
    const isFresh = Object.entries(known.stamps).every(([input, last]) => stamp(input) === last);
    return isFresh && known.outputs.every((file) => existsSync(join(root, file))) ? known : undefined;
  } catch {
    return undefined;
  }
}

function stampsOf(inputs) {
  return Object.fromEntries(inputs.map((input) => [input, stamp(input)]));
}

function stamp(input) {
  const { mtimeMs, size } = statSync(join(root, input), { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size}`;
}

/**
 * Leaves packages where they are, save our own, and those that are in a file of their own once it is there; one that a
 * workspace has for itself is named by its path.
 */
function packagesOutside() {
  const packages = { wanted: new Map(), bundled: undefined, plugin: undefined };
  packages.plugin = {
    name: 'packages-outside',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
        if (kind === 'entry-point' || path.startsWith('@stoa/') || pluginData === 'own') return undefined;
        if (isBuiltin(path) || path.startsWith('file:')) return { path, external: true };
        let name = path;
        if (ownsPackage(importer, path))
          ({ path: name } = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'own' }));
        if (!canBeBundled(path, resolveDir)) return { path: urlOf(name), external: true };
        packages.wanted.set(name, resolveDir);
        return packages.bundled === undefined
          ? { path: urlOf(name), external: true }
          : { path: name, namespace: 'package' };
      });
      build.onLoad({ filter: /^/, namespace: 'package' }, ({ path }) => {
        const { file, exported, esm } = packages.bundled;
        return { contents: standIn(join(root, file), path, exported[path], esm.includes(path)) };
      });
    },
  };
  return packages;
}

/** @param {string} name of a package, or the absolute path of its file */
function urlOf(name) {
  return isAbsolute(name) ? pathToFileURL(name).href : name;
}

function ownsPackage(importer, path) {
  const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
  for (let folder = dirname(importer); folder.startsWith(root) && folder !== root; folder = dirname(folder))
    if (existsSync(join(folder, 'node_modules', name))) return true;
  return false;
}

/** `import.meta` tells where a source lies, not where its bundle does. */
const filesKnowTheirPlace = {
  name: 'files-know-their-place',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const contents = source
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href))
        .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)));
      return { contents, loader: 'ts' };
    });
  },
};

function removeOld() {
  const oldest = Date.now() - keptMs;
  for (const name of readdirSync(cache)) {
    const file = join(cache, name);
    if ((statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
      rmSync(file, { force: true });
  }
}

function writeWhole(path, contents) {
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

function digest(entry) {
  const key = `${relative(root, entry)} ${process.versions.node}`;
  return createHash('sha256').update(key).digest('hex').slice(0, 8);
}
