import { deadLetters, type EventLag, eventLag, type Waiting } from '@stoa/events';
import type { OpenedSubgraph, OpenedSubgraphs } from './open-subgraphs.ts';
import type { Choice } from './parse-arguments.ts';
import type { Say } from './say.ts';

/** Dead letters shown of each subgraph. */
const shownAtMost = 50;
const longestError = 100;

/** Says what waits where, and what was set aside. */
export async function listEvents({ subgraphs, queues }: OpenedSubgraphs, { consumer }: Choice, say: Say) {
  const now = new Date();
  const dead: string[] = [];
  for (const { name, database, groups } of subgraphs) {
    const lag = database === null ? null : await eventLag(database);
    for (const line of lagOf(name, lag, now)) say(line);
    if (database !== null && lag !== null) {
      for (const letter of await deadLetters(database, { consumer }, shownAtMost)) {
        const [error = ''] = letter.error.split('\n');
        dead.push(
          `  ${letter.id}  ${name}.${letter.consumer}  ${letter.type} of ${letter.aggregateId}`,
          `    after ${letter.attempts} attempts, ${ageOf(letter.deadAt, now)} ago: ${error.slice(0, longestError)}`,
        );
      }
    }
    for (const group of groups) {
      for (const { id, reason } of (await queues?.list(group, shownAtMost)) ?? [])
        dead.push(`  ${id}  ${group}  on RabbitMQ's dead-letter queue: ${reason}`);
    }
  }
  if (dead.length === 0) say('There are no dead letters');
  else say(['Dead letters', ...dead].join('\n'));
}

function lagOf(name: OpenedSubgraph['name'], lag: EventLag | null, now: Date): string[] {
  const title = name.padEnd(12);
  if (lag === null) return [`${title} has no events yet`];
  const lines = [`${title} outbox: ${describe(lag.outbox, now)}`];
  for (const [consumer, { retrying, dead, ...waiting }] of lag.consumers) {
    const parts = [describe(waiting, now)];
    if (retrying > 0) parts.push(`${retrying} of them to be tried again`);
    if (dead > 0) parts.push(`${dead} set aside`);
    lines.push(`${' '.repeat(12)} ${consumer}: ${parts.join(', ')}`);
  }
  return lines;
}

function describe({ count, since }: Waiting, now: Date): string {
  return since === null ? 'nothing waits' : `${count} wait, the oldest for ${ageOf(since, now)}`;
}

function ageOf(since: Date, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - since.getTime()) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
