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
import { basename, dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname, '../..');
/** Below the root, so that a bundle finds the packages that its sources find. */
const cache = join(root, '.cache', 'run');
const keptMs = 30 * 24 * 60 * 60 * 1_000;
/** Files that are no import of a program and yet decide what it is made of. */
const alsoRead = ['package-lock.json', 'rover.yaml', 'tooling/run/bundle.mjs'];

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
  const { outputFiles, metafile } = await esbuild.build({
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
    sourcemap: 'linked',
    sourcesContent: false,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [packagesOutside, filesKnowTheirPlace],
  });
  // The service that esbuild leaves running would outlive a program that is killed.
  await esbuild.stop();
  mkdirSync(cache, { recursive: true });
  removeOld();
  for (const { path, contents } of outputFiles) if (!existsSync(path)) writeWhole(path, contents);
  const isEntry = ([, { entryPoint }]) => entryPoint !== undefined && resolve(root, entryPoint) === entry;
  const [output] = Object.entries(metafile.outputs).find(isEntry);
  const inputs = [...Object.keys(metafile.inputs), ...alsoRead];
  const stamps = Object.fromEntries(inputs.map((input) => [input, stamp(input)]));
  writeWhole(record, JSON.stringify({ output, outputs: Object.keys(metafile.outputs), stamps }));
  return join(root, output);
}

/** The bundle that a record tells of, when each of its files is there and no source has changed since. */
function unchanged(record) {
  try {
    const { output, outputs, stamps } = JSON.parse(readFileSync(record, 'utf8'));
    const isFresh = Object.entries(stamps).every(([input, last]) => stamp(input) === last);
    return isFresh && outputs.every((file) => existsSync(join(root, file))) ? join(root, output) : undefined;
  } catch {
    return undefined;
  }
}

function stamp(input) {
  const { mtimeMs, size } = statSync(join(root, input), { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size}`;
}

/** Leaves packages where they are, save our own; one that a workspace has for itself is named by its path. */
const packagesOutside = {
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (kind === 'entry-point' || path.startsWith('@stoa/') || pluginData === 'own') return undefined;
      if (path.startsWith('node:') || !ownsPackage(importer, path)) return { path, external: true };
      const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'own' });
      return { path: pathToFileURL(found.path).href, external: true };
    });
  },
};

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
