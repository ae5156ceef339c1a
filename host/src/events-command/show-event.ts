import { Failure } from '@stoa/errors';
import { deadLetters } from '@stoa/events';
import type { OpenedSubgraphs } from './open-subgraphs.ts';
import type { Choice } from './parse-arguments.ts';
import type { Say } from './say.ts';

/** An event has a dead letter for each consumer at most. */
const shownAtMost = 100;

/**
 * Shows a dead letter in full, once for each consumer that set it aside.
 * @throws {Failure} not-found when there is none of that id
 */
export async function showEvent(
  { subgraphs, queues }: OpenedSubgraphs,
  { id, consumer }: Choice & { readonly id: string },
  say: Say,
) {
  let found = 0;
  for (const { name, database, groups } of subgraphs) {
    const letters = database === null ? [] : await deadLetters(database, { id, consumer }, shownAtMost);
    for (const { error, ...letter } of letters) {
      found += 1;
      say(`${JSON.stringify({ subgraph: name, ...letter }, null, 2)}\n${error}`);
    }
    for (const group of groups) {
      const messages = (await queues?.list(group, Number.POSITIVE_INFINITY)) ?? [];
      for (const { reason, content } of messages.filter((message) => message.id === id)) {
        found += 1;
        say(`On RabbitMQ's dead-letter queue of ${group}: ${reason}\n${content}`);
      }
    }
  }
  if (found === 0) throw missing(id);
}

/** The failure of a command that was given the id of no dead letter. */
export function missing(id: string): Failure {
  return new Failure(
    'not-found',
    `There is no dead letter ${id}: \`npm run events -- list\` shows those there are`,
  );
}
