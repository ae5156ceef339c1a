import { inject } from 'vitest';
import { postgresUrl } from './services.ts';

export interface TestEngine {
  readonly engine: 'sqlite' | 'postgresql';
  /** The URL of a database that is empty and nobody else's. */
  freshUrl(): string;
}

/** The engines that data-layer tests run on: SQLite, and PostgreSQL where one answers. For `describe.each`. */
export const databaseEngines: readonly TestEngine[] = enginesHere();

function enginesHere(): readonly TestEngine[] {
  const sqlite: TestEngine = { engine: 'sqlite', freshUrl: () => 'sqlite::memory:' };
  const server = postgresUrl();
  if (server === null) return [sqlite];
  const freshUrl = () =>
    Object.assign(new URL(server), {
      pathname: `/${inject('databasePrefix')}${crypto.randomUUID().slice(0, 8)}`,
    }).href;
  return [sqlite, { engine: 'postgresql', freshUrl }];
}
