import { isMap, isScalar, parseDocument, visit, type YAMLMap } from 'yaml';
import { NewSubgraphError } from './new-subgraph-error.ts';

/**
 * Adds lines to the end of a map in a YAML text, and leaves every other character as it is: what a person wrote
 * (comments, blank lines, quotes) stays.
 * @param file names the text in errors
 * @param path the keys that lead to the map
 * @param lines the YAML of one or more pairs, indented by two spaces a level, the first level not at all
 * @throws {NewSubgraphError} when there is no such map in block style, or the text is not YAML
 */
export function addToMap(file: string, text: string, path: readonly string[], lines: string): string {
  const map = mapAt(file, text, path);
  const last = map.items.at(-1);
  const first = map.items[0];
  const lastNode = last?.value ?? last?.key;
  const { start } = rangeOf(file, path, first?.key);
  const { end } = rangeOf(file, path, lastNode);
  const column = start - (text.lastIndexOf('\n', start - 1) + 1);

  // A range may reach over the line breaks after the value; a comment behind it on its line belongs to it.
  const contentEnd = text.slice(0, end).trimEnd().length;
  const lineBreak = text.indexOf('\n', contentEnd);
  const at = lineBreak === -1 ? text.length : lineBreak;
  const indented = lines.trimEnd().replaceAll(/^(?=.)/gm, ' '.repeat(column));
  const gap = isSpaced(text, map) ? '\n' : '';
  const added = `${text.slice(0, at)}\n${gap}${indented}${text.slice(at)}`;
  assertYaml(file, added);
  return added;
}

/** The keys of a map in a YAML text. */
export function keysOf(file: string, text: string, path: readonly string[]): readonly string[] {
  return mapAt(file, text, path).items.map(({ key }) => String(isScalar(key) ? key.value : key));
}

function mapAt(file: string, text: string, path: readonly string[]): YAMLMap {
  const node = assertYaml(file, text).getIn(path, true);
  if (isMap(node) && !node.flow && node.items.length > 0) return node;
  throw new NewSubgraphError(`${file}: expected ${path.join('.')} to be a map with a line for each entry`);
}

function assertYaml(file: string, text: string) {
  const document = parseDocument(text, { merge: true });
  const [error] = document.errors;
  if (error !== undefined) throw new NewSubgraphError(`${file}: ${error.message}`, { cause: error });
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      throw new NewSubgraphError(
        `${file}: expected an anchor &${alias.source}, which *${alias.source} refers to`,
      );
    },
  });
  return document;
}

function rangeOf(file: string, path: readonly string[], node: unknown): { start: number; end: number } {
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : undefined;
  if (!Array.isArray(range)) throw new NewSubgraphError(`${file}: expected an entry in ${path.join('.')}`);
  return { start: Number(range[0]), end: Number(range[1]) };
}

/** Whether blank lines stand between the entries of a map. */
function isSpaced(text: string, map: YAMLMap): boolean {
  const last = map.items.at(-1)?.key;
  if (map.items.length < 2 || !isScalar(last) || !last.range) return false;
  return /\n[ \t]*\n[ \t]*$/.test(text.slice(0, last.range[0]));
}
