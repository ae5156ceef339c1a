import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A change of one place in a file. */
export interface Hunk {
  readonly before: string;
  readonly after: string;
}

/** What a walk-through tells its reader to do, or to see. Lines are those of the document, from 1. */
export type WalkThroughStep =
  | { readonly kind: 'run'; readonly line: number; readonly commands: readonly string[] }
  | { readonly kind: 'see'; readonly line: number; readonly lines: readonly string[] }
  | { readonly kind: 'write'; readonly line: number; readonly file: string; readonly text: string }
  | { readonly kind: 'edit'; readonly line: number; readonly file: string; readonly hunks: readonly Hunk[] };

/**
 * Reads the fenced blocks of a document, by the word after the fence:
 * - `sh`: commands to run, a line each;
 * - `text`: lines that the commands before have said, where `…` stands for anything;
 * - `diff FILE`: a change of a file, as in a patch without numbers, `@@` between places. One `*` may stand in its name;
 * - another word and `FILE`: a new file;
 * - another word alone: shown, not done.
 */
export function readWalkThrough(markdown: string): readonly WalkThroughStep[] {
  const lines = markdown.split('\n');
  const steps: WalkThroughStep[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const fence = /^```(\S+)(?: (\S+))?\s*$/.exec(lines[at] ?? '');
    if (fence === null) continue;
    const line = at + 1;
    const end = lines.indexOf('```', line);
    if (end === -1) throw new Error(`line ${line}: expected the block to end`);
    const content = lines.slice(line, end);
    const step = stepOf(String(fence[1]), fence[2], content, line);
    if (step !== undefined) steps.push(step);
    at = end;
  }
  return steps;
}

function stepOf(
  word: string,
  file: string | undefined,
  content: readonly string[],
  line: number,
): WalkThroughStep | undefined {
  if (word === 'sh') return { kind: 'run', line, commands: content.filter((command) => command !== '') };
  if (word === 'text') return { kind: 'see', line, lines: content.filter((text) => text !== '…') };
  if (file === undefined) return undefined;
  if (word !== 'diff') return { kind: 'write', line, file, text: `${content.join('\n')}\n` };
  return { kind: 'edit', line, file, hunks: hunksOf(content) };
}

function hunksOf(content: readonly string[]): readonly Hunk[] {
  const hunks: string[][] = [[]];
  for (const text of content) {
    if (text === '@@') hunks.push([]);
    else hunks.at(-1)?.push(text);
  }
  return hunks.map((hunk) => {
    const side = (sign: '-' | '+') =>
      hunk.filter((text) => !text.startsWith(sign === '-' ? '+' : '-')).map((text) => text.slice(1));
    return { before: side('-').join('\n'), after: side('+').join('\n') };
  });
}

/** What a walk-through is followed with. */
export interface Follower {
  /** Absolute path of the folder in which it is followed. */
  readonly root: string;
  given(file: string, text: string): void;
  /** Does what a command line says, and gives what it printed. */
  run(command: string): Promise<{ readonly code: number | null; readonly output: string }>;
}

/**
 * Follows the steps one after another.
 * @throws {Error} with the document's line, at the first that does not come out as it says
 */
export async function followWalkThrough(
  steps: readonly WalkThroughStep[],
  follower: Follower,
): Promise<void> {
  let seen = '';
  for (const step of steps) {
    switch (step.kind) {
      case 'run':
        seen = await runAll(step.commands, step.line, follower);
        break;
      case 'see': {
        const missing = step.lines.find((text) => !isSaid(text, seen));
        if (missing !== undefined)
          throw new Error(`line ${step.line}: expected to see ${JSON.stringify(missing)}, found:\n${seen}`);
        break;
      }
      case 'write':
        if (existsSync(join(follower.root, step.file)))
          throw new Error(`line ${step.line}: expected no file ${step.file} yet`);
        follower.given(step.file, step.text);
        break;
      case 'edit': {
        const file = onlyMatch(follower.root, step.file, step.line);
        const text = readFileSync(join(follower.root, file), 'utf8');
        follower.given(file, applyHunks(text, step.hunks, `line ${step.line}: ${file}`));
        break;
      }
    }
  }
}

/** Whether a line stands in an output, where `…` in it stands for anything. */
function isSaid(line: string, output: string): boolean {
  const pattern = line.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(pattern.join('.*')).test(output);
}

async function runAll(commands: readonly string[], line: number, { run }: Follower): Promise<string> {
  const outputs: string[] = [];
  for (const command of commands) {
    const { code, output } = await run(command);
    if (code !== 0) throw new Error(`line ${line}: \`${command}\` ended with ${code}:\n${output}`);
    outputs.push(output);
  }
  return outputs.join('\n');
}

function applyHunks(text: string, hunks: readonly Hunk[], where: string): string {
  return hunks.reduce((current, { before, after }) => {
    const [head, tail, ...others] = current.split(before);
    if (head !== undefined && tail !== undefined && others.length === 0) return head + after + tail;
    const found = tail === undefined ? 'none' : `${others.length + 1}`;
    throw new Error(`${where}: expected this once, found ${found} in:\n${before}\n---\n${current}`);
  }, text);
}

/** The path itself, or the one file that a `*` in its last part stands for. */
function onlyMatch(root: string, path: string, line: number): string {
  if (!path.includes('*')) return path;
  const [start = '', end = ''] = basename(path).split('*');
  const found = readdirSync(join(root, dirname(path))).filter(
    (name) => name.startsWith(start) && name.endsWith(end),
  );
  if (found.length === 1) return join(dirname(path), String(found[0]));
  throw new Error(`line ${line}: expected one file ${path}, found ${found.length}`);
}
