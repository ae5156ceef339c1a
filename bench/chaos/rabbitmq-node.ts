import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';
import { freePorts } from '../../e2e/processes.ts';

/** A RabbitMQ of one's own, with its own name, ports and data folder, that can be killed. */
export interface RabbitMqNode {
  readonly url: string;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** Ends it by SIGKILL, in the middle of whatever it does. Its data stays. */
  kill(): Promise<void>;
  /** Kills it and removes its data. */
  remove(): Promise<void>;
}

const startWithinMs = 90_000;

/** Whether there is a RabbitMQ to start, by the PATH. */
export function hasRabbitMq(): boolean {
  return spawnSync('sh', ['-c', 'command -v rabbitmq-server']).status === 0;
}

/** Lays out a node; nothing runs before `start`. */
export async function rabbitMqNode(): Promise<RabbitMqNode> {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-rabbitmq-'));
  // Where it is started by root, it runs as a user of its own.
  chmodSync(folder, 0o777);
  const port = await freePorts(2);
  const pidFile = join(folder, 'pid');
  writeFileSync(join(folder, 'rabbitmq.conf'), `listeners.tcp.local = 127.0.0.1:${port}\n`);
  writeFileSync(join(folder, 'enabled_plugins'), '[].\n');
  writeFileSync(join(folder, 'environment'), '');
  const environment = {
    ...inherited(),
    HOME: folder,
    RABBITMQ_NODENAME: `stoa-${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(port + 1),
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_LOG_BASE: join(folder, 'log'),
    RABBITMQ_PID_FILE: pidFile,
    RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq'),
    RABBITMQ_CONF_ENV_FILE: join(folder, 'environment'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
  };
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const kill = async () => {
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : Number.NaN;
    if (!Number.isInteger(pid)) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
    rmSync(pidFile, { force: true });
    while (isRunning(pid)) await sleep(20);
  };
  return {
    url,
    async start() {
      const child = spawn('rabbitmq-server', [], { env: environment, stdio: 'ignore', detached: true });
      child.unref();
      await ready(url);
    },
    kill,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a program needs to be found. */
function inherited(): Record<string, string> {
  const path = spawnSync('sh', ['-c', 'printf %s "$PATH"']).stdout.toString();
  return { PATH: path };
}

async function ready(url: string): Promise<void> {
  const until = Date.now() + startWithinMs;
  for (;;) {
    try {
      const connection = await connect(url, { timeout: 2_000 });
      connection.on('error', () => {});
      await connection.close();
      return;
    } catch (error) {
      if (Date.now() > until)
        throw new Error(`RabbitMQ did not start within ${startWithinMs} ms`, { cause: error });
      await sleep(100);
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
