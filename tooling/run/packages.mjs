import { isAscii } from 'node:buffer';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cachedDataVersionTag } from 'node:v8';
import { constants, Script } from 'node:vm';

const opened = new Map();

/**
 * What a package exports, from the file that holds all packages of a program (bundle-packages.mjs); the file is
 * read once, and a package runs when it is first asked for.
 * @public to bundles, which import it
 * @param {string} file absolute path
 * @param {string} name as the program's sources import it
 */
export function exportsOf(file, name) {
  if (!opened.has(file)) opened.set(file, open(file));
  return opened.get(file).packages[name]();
}

/**
 * Keeps the compiled code of the files that were opened, with the functions that ran so far, for the next start. Where it cannot be
 * written, as whoever installed is another user, that start compiles again.
 */
export function keepCode() {
  for (const [file, { script, hasCode }] of opened) {
    if (hasCode) continue;
    const unfinished = `${codeOf(file)}.${process.pid}`;
    try {
      writeFileSync(unfinished, script.createCachedData());
      renameSync(unfinished, codeOf(file));
    } catch {
      // The program runs all the same.
    }
  }
}

function open(file) {
  const bytes = readFileSync(file);
  // A text of ASCII is kept with one byte a character, and not two.
  const source = bytes.toString(isAscii(bytes) ? 'latin1' : 'utf8');
  const cachedData = existsSync(codeOf(file)) ? readFileSync(codeOf(file)) : undefined;
  const script = new Script(source, {
    filename: file,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const module = { exports: {} };
  script.runInThisContext()(module, createRequire(file));
  const hasCode = cachedData !== undefined && !script.cachedDataRejected;
  return { script, hasCode, packages: module.exports };
}

/** V8 refuses code of another version or of other flags: each has a file of its own. */
function codeOf(file) {
  return `${file}.${cachedDataVersionTag()}.code`;
}
