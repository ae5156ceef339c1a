import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const loader = pathToFileURL(join(import.meta.dirname, 'packages.mjs')).href;

/** The file, made up, that imports all that are wanted. */
const entryName = 'all-packages';
/** What a start on SQLite does not run, and nothing else has a part of: its text would be kept in memory, a page of 9 MB and some 4 MB of code. */
const leftAlone = new Set([
  '@graphql-yoga/render-graphiql',
  '@opentelemetry/exporter-metrics-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-metrics',
  'amqplib',
  'make-fetch-happen',
  'node-fetch',
  'stripe',
  'umzug',
]);

/**
 * Puts the packages that a program imports into one file, so that a start reads it in place of some thousand.
 * Those with native code stay outside.
 * @param esbuild the module
 * @param {string} root of the repository
 * @param {ReadonlyMap<string, string>} wanted what sources import, and a folder where it is found from
 * @returns {Promise<{ text: string, inputs: string[], esm: string[] }>} the file's text, what it was
 *   made of, and which of those wanted are modules
 */
export async function bundlePackages(esbuild, root, wanted) {
  const entry = [...wanted.keys()].map(
    (name) => `${JSON.stringify(name)}: () => require(${JSON.stringify(name)}),`,
  );
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    stdin: { contents: `module.exports = {${entry.join('\n')}}`, resolveDir: root, sourcefile: entryName },
    bundle: true,
    // The form of what packages.mjs runs.
    banner: { js: '(function (module, require) {' },
    footer: { js: '})' },
    format: 'cjs',
    platform: 'node',
    target: `node${process.versions.node}`,
    // Half the text is comments and indentation, and all of it is kept in memory. Node prints the line of an error.
    minifyWhitespace: true,
    keepNames: true,
    legalComments: 'none',
    lineLimit: 160,
    metafile: true,
    write: false,
    logLevel: 'silent',
    plugins: [inPackages(join(root, entryName), wanted), nodesOwnHashes, zodInEnglish],
  });
  const { [entryName]: all, ...inputs } = metafile.inputs;
  const esm = all.imports
    .filter(({ path }) => inputs[path]?.format === 'esm')
    .map(({ original }) => original);
  return {
    text: withSharedViews(withOwnNames(outputFiles[0].text)),
    inputs: stampedOf(Object.keys(inputs)),
    esm,
  };
}

/**
 * esbuild changes a name that two have, and gives each function and class its own back, also each closure at each time that it is
 * made: errors tell their names by it, and MikroORM finds types by it. Only what has another name needs one.
 */
function withOwnNames(text) {
  const always = 'var __name=(target,value)=>__defProp(target,"name",{value,configurable:true});';
  if (!text.includes(always)) throw new Error(`expected ${always} in what esbuild made`);
  return text.replace(always, always.replace('=>', '=>target.name===value?target:'));
}

/**
 * Where a module imports one of the other kind, esbuild gives it a view of that: an object with a getter for each export, made anew for each
 * importer. A start made 17,000 getters. They share one, which is made again for a module that is still loading and has more exports by then.
 */
function withSharedViews(text) {
  // Each is there only where it is used.
  const first = text.search(/var (__toESM|__toCommonJS)=/);
  if (first === -1) return text;
  const makers = text.slice(first).replace(/var (__toESM|__toCommonJS)=(.*?);/gs, 'var $1=__shared($2);');
  return `${text.slice(0, first)}var __shared=${shared};${makers}`;
}

const shared = (make) => {
  const views = [new WeakMap(), new WeakMap()];
  return (module, isNodeMode) => {
    if (module === null || (typeof module !== 'object' && typeof module !== 'function'))
      return make(module, isNodeMode);
    const ofMode = views[isNodeMode ? 1 : 0];
    const { length } = Object.getOwnPropertyNames(module);
    let known = ofMode.get(module);
    if (known?.length !== length) {
      known = { length, view: make(module, isNodeMode) };
      ofMode.set(module, known);
    }
    return known.view;
  };
};

/**
 * What tells that packages have changed: of a package its package.json, as it is replaced whole. To look at each of some
 * thousand files would be a twentieth of a start.
 */
function stampedOf(inputs) {
  const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
  return [
    ...new Set(inputs.map((input) => (folder.test(input) ? `${folder.exec(input)[0]}/package.json` : input))),
  ];
}

/**
 * The names that each package of such a file exports: each is run to find them, in a process that ends then.
 * @param {string} file absolute path
 * @returns {Record<string, string[]>}
 */
export function exportedNames(file, names) {
  const program = `
    const { exportsOf } = await import(${JSON.stringify(loader)});
    const found = ${JSON.stringify(names)}.map((name) => [name, Object.keys(exportsOf(${JSON.stringify(file)}, name))]);
    process.stdout.write(JSON.stringify(Object.fromEntries(found)), () => process.exit(0));`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`one does not load from there: ${stderr.trim()}`);
  return JSON.parse(stdout);
}

/**
 * The module that stands for a package in the bundle of sources: a constant for each export, as a property of what
 * the package exports would be read anew at each use.
 */
export function standIn(file, name, exported, isEsm) {
  const names = exported.filter(
    (one) => one !== 'default' && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(one),
  );
  return `import { exportsOf } from ${JSON.stringify(loader)};
    const all = exportsOf(${JSON.stringify(file)}, ${JSON.stringify(name)});
    export default ${isEsm ? 'all.default' : 'all'};
    ${names.map((one, at) => `const x${at} = /* @__PURE__ */ (() => all.${one})();export { x${at} as ${one} };`).join('\n')}`;
}

/** Apollo's hashes are Node's where there is a `module.require`, and else some written in JavaScript, which take twenty times as long. */
const nodesOwnHashes = {
  name: 'nodes-own-hashes',
  setup(build) {
    build.onLoad({ filter: /@apollo\/utils\.createhash\/dist\/index\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll('module.require', 'require'),
    }));
  },
};

/** Zod loads its messages in sixty languages, half of its text; ours are in English. */
const zodInEnglish = {
  name: 'zod-in-english',
  setup(build) {
    build.onLoad({ filter: /\/zod\/v4\/locales\/index\.c?js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
    }));
  },
};

/** Finds what sources import as `import` finds it; what is not installed or is native is left to `require`. */
function inPackages(entry, wanted) {
  return {
    name: 'in-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === 'found' || path.startsWith('node:') || kind === 'entry-point') return undefined;
        if (importer === entry)
          return build.resolve(path, {
            kind: 'import-statement',
            resolveDir: wanted.get(path),
            pluginData: 'found',
          });
        return canBeBundled(path, resolveDir) ? undefined : { path, external: true };
      });
    },
  };
}

/** Whether a package is installed and has no native code, which is found by its own place. */
export function canBeBundled(path, from) {
  const name = path.split('/', path.startsWith('@') ? 2 : 1).join('/');
  if (leftAlone.has(name)) return false;
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name);
    if (existsSync(place)) return !isNative(place);
    if (folder === dirname(folder)) return false;
  }
}

const known = new Map();
function isNative(place) {
  if (!known.has(place)) {
    const { napi, binary } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
    known.set(place, napi !== undefined || binary !== undefined || existsSync(join(place, 'binding.gyp')));
  }
  return known.get(place);
}
