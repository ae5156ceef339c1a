import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { isolatedEnvironment } from './repository-copy.config.ts';
import { repository, type TemporaryTree, temporaryTree } from './temporary-tree.ts';

/** What a program that has ended said. */
export interface CommandResult {
  readonly code: number | null;
  /** Standard output and errors, as they came. */
  readonly output: string;
}

/** The repository as it stands, in a folder of its own, where a test may do to it what a person would. */
export interface RepositoryCopy extends TemporaryTree {
  /** Runs a command line in the copy. A program that is still there after 10 minutes is ended. */
  run(command: string): Promise<CommandResult>;
  /**
   * Starts a command line that goes on until it is stopped.
   * @returns once its output has `expected`
   * @throws {Error} with the output, when it ends without
   */
  start(
    command: string,
    expected: RegExp,
    environment?: Readonly<Record<string, string>>,
  ): Promise<RunningCommand>;
  /** Makes a workspace known by its package's name, as `npm install` would, which needs a registry. */
  linkWorkspace(folder: string): void;
}

export interface RunningCommand {
  output(): string;
  stop(): Promise<void>;
}

/**
 * Copies what git knows and what it would be asked to add. Third-party packages are those of the original; the
 * workspaces' links lead into the copy, so that what runs there reads the copy's rover.yaml and no other.
 */
export function repositoryCopy(): RepositoryCopy {
  const tree = temporaryTree();
  const { root } = tree;
  for (const path of filesOfRepository()) {
    if (!existsSync(join(repository, path))) continue;
    cpSync(join(repository, path), join(root, path), { recursive: true, verbatimSymlinks: true });
  }
  linkPackages(join(repository, 'node_modules'), join(root, 'node_modules'));
  linkOwnPackages(root);

  return {
    ...tree,
    run: (command) =>
      new Promise((resolve, reject) => {
        const child = launch(root, command);
        const output = outputOf(child);
        const timer = setTimeout(() => kill(child), 600_000);
        child.once('error', reject);
        child.once('close', (code) => {
          clearTimeout(timer);
          resolve({ code, output: output() });
        });
      }),
    start: (command, expected, environment) => start(launch(root, command, environment), command, expected),
    linkWorkspace(folder) {
      const name = folder.slice(folder.lastIndexOf('/') + 1);
      symlinkSync(join('../..', folder), join(root, 'node_modules/@stoa', name));
    },
  };
}

function filesOfRepository(): readonly string[] {
  const list = (args: readonly string[]) =>
    spawnSync('git', ['ls-files', '-z', ...args], {
      cwd: repository,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    })
      .stdout.split('\0')
      .filter((path) => path !== '');
  // Generated code is copied too, as making it again would find it current.
  const generated = readdirSync(join(repository, 'subgraphs'))
    .map((name) => join('subgraphs', name, 'src/__generated__'))
    .filter((path) => existsSync(join(repository, path)));
  return [...list(['--cached', '--others', '--exclude-standard']), ...generated];
}

/** A folder of links to packages: one link a package, but workspaces lead to where they lie in the copy. */
function linkPackages(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    const original = join(from, name);
    if (name.startsWith('.') && name !== '.bin') continue;
    if (name.startsWith('@') && hasWorkspaces(original)) {
      mkdirSync(join(to, name));
      for (const member of readdirSync(original)) {
        const link = join(original, member);
        const target = lstatSync(link).isSymbolicLink() ? readlinkSync(link) : link;
        symlinkSync(target, join(to, name, member));
      }
    } else {
      symlinkSync(original, join(to, name));
    }
  }
}

/** Packages of which a workspace has another version than the others, in a node_modules of its own. */
function linkOwnPackages(root: string): void {
  const workspaces = join(repository, 'node_modules/@stoa');
  for (const name of readdirSync(workspaces)) {
    const folder = realpathSync(join(workspaces, name));
    const own = join(folder, 'node_modules');
    if (existsSync(own)) symlinkSync(own, join(root, relative(repository, folder), 'node_modules'));
  }
}

function hasWorkspaces(scope: string): boolean {
  return readdirSync(scope).some((member) => lstatSync(join(scope, member)).isSymbolicLink());
}

function launch(
  root: string,
  command: string,
  environment: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn('sh', ['-c', command], {
    cwd: root,
    env: { ...isolatedEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: npm starts a shell that starts the program, and all of them have to end.
    detached: true,
  });
}

function outputOf(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (part: string) => parts.push(part));
  return () => parts.join('');
}

async function start(child: ChildProcess, command: string, expected: RegExp): Promise<RunningCommand> {
  const output = outputOf(child);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) kill(child, 'SIGTERM');
    await ended;
  };
  let timer: NodeJS.Timeout | undefined;
  const said = new Promise<'said'>((resolve) => {
    const look = () => expected.test(output()) && resolve('said');
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
  });
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), 60_000);
  });
  const outcome = await Promise.race([said, late, ended]);
  clearTimeout(timer);
  if (outcome === 'said') return { output, stop };
  if (outcome === 'late') await stop();
  throw new Error(`Expected \`${command}\` to say ${expected}, found:\n${output()}`);
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended by itself in between.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
