import type { Environment } from '@stoa/config';
import type { SubgraphModule } from '@stoa/subgraph';
import { listEvents } from './list-events.ts';
import { openSubgraphs } from './open-subgraphs.ts';
import { parseArguments } from './parse-arguments.ts';
import { replayEvents } from './replay-events.ts';
import type { Say } from './say.ts';
import { showEvent } from './show-event.ts';

export interface EventsCommandOptions {
  readonly args: readonly string[];
  readonly environment: Environment;
  /** Loads the subgraphs to look at. */
  readonly load: () => Promise<readonly SubgraphModule[]>;
  readonly say: Say;
}

/**
 * `npm run events -- …`: works on the databases of the subgraphs, whether the shop runs or not, and on the dead-letter
 * queues of RabbitMQ where BROKER_URL names one.
 * @throws {Failure} bad-input for arguments that it does not take, unavailable when a database or RabbitMQ is away
 */
export async function eventsCommand({ args, environment, load, say }: EventsCommandOptions): Promise<void> {
  const command = parseArguments(args);
  const opened = await openSubgraphs(await load(), environment, command);
  try {
    if (command.name === 'list') await listEvents(opened, command, say);
    else if (command.name === 'show') await showEvent(opened, command, say);
    else await replayEvents(opened, command, say);
  } finally {
    await opened.close();
  }
}
