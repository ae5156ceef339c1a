import { type ChildProcess, spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { processEnvironment } from '@stoa/router/config';

export interface Started {
  readonly pid: number;
  /** The first line that it prints. */
  readonly line: Promise<string>;
  /** Resolves with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string | undefined;
  /** Called with each line that it prints. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/**
 * Starts a Node program on one core.
 * @param core its number; a list such as `0,2-3` lets it use several
 */
export function startOnCore(
  core: number | string,
  args: readonly string[],
  { environment = {}, folder, onLine }: StartOptions = {},
): Started {
  const child: ChildProcess = spawn('taskset', ['-c', String(core), process.execPath, ...args], {
    cwd: folder,
    env: { ...processEnvironment(), NODE_ENV: 'production', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as Readable }).on('line', (text) => {
      resolve(text);
      onLine?.(text);
    });
    child.once('exit', (code) => reject(new Error(`${args.join(' ')} ended with ${code}`)));
  });
  line.catch(() => {});
  return {
    pid: child.pid as number,
    line,
    ended,
    async stop() {
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(late);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks until there is an answer of 200. */
export async function untilAnswering(url: string, body: string, everyMs = 100): Promise<unknown> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      if (response.status === 200) return await response.json();
    } catch {
      // It does not listen yet.
    }
    if (Date.now() > deadline) throw new Error(`${url} did not answer within a minute`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
