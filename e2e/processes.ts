import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { repositoryRoot } from '@stoa/registry';

/** A program of the project, running as a process of its own. */
export interface Running {
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves with the exit code, or null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<number | null>;
}

/** Runs a script such as `host/src/main.ts`; of the environment it gets only what is given. */
export function launch(
  script: string,
  environment: Record<string, string>,
  args: readonly string[] = [],
): Running {
  const child = spawn(process.execPath, [join('tooling', 'run.mjs'), script, ...args], {
    cwd: repositoryRoot(),
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const keep = (chunk: Buffer) => {
    text += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return {
    process: child,
    output: () => text,
    exited,
    stop() {
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** Waits until a health check says ready; fails with what the program printed when it ends before. */
export async function untilReady(running: Running, port: number, withinMs = 60_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (Date.now() < until) {
    if (running.process.exitCode !== null)
      throw new Error(`It ended before it was ready:\n${running.output()}`);
    const response = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => null);
    if (response?.ok) return;
    await sleep(50);
  }
  throw new Error(`It was not ready within ${withinMs} ms:\n${running.output()}`);
}

/**
 * The first of `count` ports in a row that nobody listens on. They lie below those that systems give to outgoing
 * connections (from 32,768), which could take one before it is listened on.
 */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 12_000 + Math.floor(Math.random() * 20_000);
    const servers = await Promise.all(Array.from({ length: count }, (_, offset) => tryPort(first + offset)));
    await Promise.all(servers.map((server) => server && new Promise((resolve) => server.close(resolve))));
    if (servers.every((server) => server !== null)) return first;
  }
  throw new Error(`no ${count} free ports in a row were found`);
}

/** Takes a port, so that nobody else can; null when it is taken already. */
export function tryPort(port: number): Promise<Server | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(null));
    server.listen(port, '::', () => resolve(server));
  });
}

export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `stoa-${name}-`));
}
