import { processEnvironment } from '@stoa/subgraph';
import { ownEnvironment } from './commands/own-database.config.ts';
import { reconcileCommand, usage } from './commands/reconcile.ts';

// npm run payments -- reconcile
const [name, ...args] = process.argv.slice(2);
try {
  if (name !== 'reconcile') throw new Error(usage);
  const { text, exitCode } = await reconcileCommand(args, ownEnvironment(processEnvironment()));
  console.log(text);
  process.exitCode = exitCode;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
