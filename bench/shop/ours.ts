import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { freePort, type Started, startOnCore, untilAnswering } from '../start.ts';
import type { ShopUnderTest } from './shop-under-test.ts';
import { untilIdle } from './until-idle.ts';

export const production = {
  STOA_CONTEXT_SECRET: 'a secret for this bench alone, long enough',
  KEY_ENCRYPTION_SECRET: 'another secret for this bench, long enough',
  PAYMENT_PROVIDERS: 'sandbox',
  STOA_SEED: 'true',
};

export interface OurOptions {
  /** More settings. */
  readonly environment: Readonly<Record<string, string>>;
  /** Options of Node, for the one process that is measured. */
  readonly nodeOptions: readonly string[];
}

/** This repository's shop on SQLite, in one process. */
export async function oursOnSqlite(
  temporaryFolder: string,
  { environment, nodeOptions }: OurOptions,
): Promise<ShopUnderTest> {
  const pristine = join(temporaryFolder, 'ours-pristine');
  const run = (dataFolder: string, port: number, options: readonly string[] = []): Started =>
    startOnCore(0, [...options, join(repositoryRoot(), 'tooling/run.mjs'), 'host/src/main.ts'], {
      folder: repositoryRoot(),
      environment: { ...production, ...environment, PORT: String(port), STOA_DATA_DIR: dataFolder },
    });
  const port = await freePort();
  const seeding = run(pristine, port);
  await untilAnswering(`http://127.0.0.1:${port}/graphql`, '{"query":"{__typename}"}');
  // What was seeded is told as events, too.
  await untilIdle(seeding.pid);
  await seeding.stop();
  let starts = 0;
  return {
    title: 'ours',
    path: '/graphql',
    async start(port) {
      starts += 1;
      const dataFolder = join(temporaryFolder, `ours-${starts}`);
      cpSync(pristine, dataFolder, { recursive: true });
      return run(dataFolder, port, nodeOptions);
    },
    async close() {},
  };
}
