import { readRegistry } from '@stoa/registry';
import { processEnvironment } from './config.ts';
import { eventsCommand } from './events-command/events-command.ts';
import { endWith } from './fail-to-start.ts';
import { loadModules } from './load-modules.ts';

/** `npm run events -- list | show | replay`: what waits, and what was set aside. */
try {
  await eventsCommand({
    args: process.argv.slice(2),
    environment: processEnvironment(),
    load: () => loadModules(readRegistry()),
    say: console.log,
  });
} catch (error) {
  endWith(error);
}
