import { existsSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Lets stack traces name the TypeScript. Node's own source maps stay off, as they read the map of every
 * package at start; here a map is read when a trace needs it.
 * @param {string} bundle absolute path of a file of the folder that holds the bundles
 */
export function showSources(bundle) {
  const folder = `${pathToFileURL(dirname(bundle)).href}/`;
  const maps = new Map();
  const mapOf = (url) => {
    if (!maps.has(url)) maps.set(url, readMap(url));
    return maps.get(url);
  };
  Error.prepareStackTrace = (error, frames) => {
    const lines = frames.map((frame) => `    at ${sourceFrame(frame, folder, mapOf)}`);
    return [headline(error), ...lines].join('\n');
  };
}

function sourceFrame(frame, folder, mapOf) {
  const url = frame.getScriptNameOrSourceURL() ?? '';
  if (!url.startsWith(folder)) return String(frame);
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const found = mapOf(url)?.findEntry(line - 1, column - 1);
  if (found?.originalSource === undefined) return String(frame);
  const source = fileURLToPath(new URL(found.originalSource, url));
  return String(frame).replace(
    `${url}:${line}:${column}`,
    `${source}:${found.originalLine + 1}:${found.originalColumn + 1}`,
  );
}

function readMap(url) {
  const file = `${fileURLToPath(url)}.map`;
  return existsSync(file) ? new SourceMap(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

function headline(error) {
  try {
    return String(error);
  } catch {
    return 'Error';
  }
}
