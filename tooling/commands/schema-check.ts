import { repositoryRoot } from '@stoa/registry';
import { startProgress } from '../schema-check/progress.ts';
import { schemaCheck } from '../schema-check/schema-check.ts';

// `npm run schema:check`: whom a change of the graph would break, before the merge.
const progress = startProgress();
const { ok, text } = await schemaCheck(process.argv.slice(2), {
  root: repositoryRoot(),
  colors: process.stdout.isTTY === true && process.stdout.hasColors(),
  progress: progress.tell,
}).finally(() => progress.stop());
process.stdout.write(text);
if (!ok) process.exitCode = 1;
