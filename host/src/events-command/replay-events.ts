import { replayDeadLetters } from '@stoa/events';
import type { OpenedSubgraphs } from './open-subgraphs.ts';
import type { Choice } from './parse-arguments.ts';
import type { Say } from './say.ts';
import { missing } from './show-event.ts';

/**
 * Has dead letters tried again by the processes that run, or by the next that starts.
 * @throws {Failure} not-found when an id is given of which there is none
 */
export async function replayEvents(
  { subgraphs, queues }: OpenedSubgraphs,
  { id, consumer }: Choice & { readonly id: string | undefined },
  say: Say,
) {
  let count = 0;
  for (const { name, database, groups } of subgraphs) {
    const replayed = database === null ? 0 : await replayDeadLetters(database, { id, consumer }, new Date());
    if (replayed > 0) say(`${name}: ${replayed} to be handled again`);
    count += replayed;
    for (const group of groups) {
      const returned = (await queues?.replay(group, (message) => id === undefined || message.id === id)) ?? 0;
      if (returned > 0) say(`${group}: ${returned} put back on its queue`);
      count += returned;
    }
  }
  if (count === 0 && id !== undefined) throw missing(id);
  if (count === 0) say('There are no dead letters');
}
