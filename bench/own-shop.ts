import { repositoryRoot } from '@stoa/registry';
import { scriptArguments } from './script-arguments.ts';
import { freePort, type Started, startOnCore, untilAnswering } from './start.ts';
import { untilIdle } from './until-idle.ts';

/** The settings of this repository's shop where it is measured. */
export const production = {
  STOA_CONTEXT_SECRET: 'a secret for this bench alone, long enough',
  KEY_ENCRYPTION_SECRET: 'another secret for this bench, long enough',
  PAYMENT_PROVIDERS: 'sandbox',
  STOA_SEED: 'true',
};

export interface OwnShopOptions {
  /** More settings. */
  readonly environment?: Readonly<Record<string, string>>;
  /** More options of Node than `npm start` gives it. */
  readonly nodeOptions?: readonly string[];
}

/** Starts this repository's shop on SQLite, in one process on core 0; it may not listen yet. */
export function startOwnShop(
  dataFolder: string,
  port: number,
  { environment = {}, nodeOptions = [] }: OwnShopOptions = {},
): Started {
  return startOnCore(0, [...nodeOptions, ...scriptArguments('start')], {
    folder: repositoryRoot(),
    environment: { ...production, ...environment, PORT: String(port), STOA_DATA_DIR: dataFolder },
  });
}

/** Fills an empty folder with the demo shop of 1,000 products, and ends that shop. */
export async function seedOwnShop(dataFolder: string, options: OwnShopOptions = {}): Promise<void> {
  const port = await freePort();
  const seeding = startOwnShop(dataFolder, port, options);
  try {
    await untilAnswering(`http://127.0.0.1:${port}/graphql`, '{"query":"{__typename}"}');
    // What was seeded is told as events, too.
    await untilIdle(seeding.pid);
  } finally {
    await seeding.stop();
  }
}
