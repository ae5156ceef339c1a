import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '@stoa/errors';
import { processEnvironment, readHostConfig } from './config.ts';
import { failToStart } from './fail-to-start.ts';

/** `npm run reset`: removes the embedded databases, mails, kept plans and development secrets, and nothing else of the folder. */
try {
  const { production, dataFolder } = readHostConfig(processEnvironment());
  if (production)
    throw new Failure('forbidden', 'Reset is for development: it does not run with NODE_ENV=production');
  const removed = reset(dataFolder);
  console.log(
    removed.length === 0
      ? `There is nothing to reset in ${dataFolder}`
      : `Removed from ${dataFolder}: ${removed.join(', ')}`,
  );
} catch (error) {
  failToStart(error);
}

function reset(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const ours = /\.sqlite(-wal|-shm|\.lock)?$|^outbox$|^plans$|^context-secret$/;
  const names = readdirSync(folder).filter((name) => ours.test(name));
  for (const name of names) rmSync(join(folder, name), { recursive: true });
  return names;
}
