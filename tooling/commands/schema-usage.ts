import { Failure } from '@stoa/errors';
import { repositoryRoot } from '@stoa/registry';
import { schemaUsage } from '../usage/schema-usage.ts';
import { processEnvironment } from '../usage/usage-config.ts';

// `npm run schema:usage`: who uses a field, and which fields nobody uses.
try {
  const { ok, text } = await schemaUsage(process.argv.slice(2), processEnvironment(), repositoryRoot());
  (ok ? console.log : console.error)(text);
  if (!ok) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
