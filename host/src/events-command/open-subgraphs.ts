import type { Environment } from '@stoa/config';
import { connectDatabase, type Database } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { readBrokerSettings } from '@stoa/events';
import { type DeadLetterQueues, openDeadLetterQueues } from '@stoa/events/rabbitmq';
import { databaseUrlOf, type SubgraphModule } from '@stoa/subgraph';
import { environmentOf } from '../config.ts';
import type { Choice } from './parse-arguments.ts';

/** A subgraph that has events, seen from outside. */
export interface OpenedSubgraph {
  readonly name: string;
  /** Null when it has none yet. */
  readonly database: Database | null;
  /** Its consumers at the broker that were asked for. */
  readonly groups: readonly string[];
}

export interface OpenedSubgraphs {
  readonly subgraphs: readonly OpenedSubgraph[];
  /** Null without a RabbitMQ. */
  readonly queues: DeadLetterQueues | null;
  close(): Promise<void>;
}

/**
 * Opens what a command works on.
 * @throws {Failure} bad-input for a subgraph or a consumer that does not exist, unavailable for what cannot be reached
 */
export async function openSubgraphs(
  all: readonly SubgraphModule[],
  environment: Environment,
  { subgraph, consumer }: Choice,
): Promise<OpenedSubgraphs> {
  const modules = all.filter(({ hasEvents }) => hasEvents);
  const names = modules.map(({ name }) => name);
  if (subgraph !== undefined && !names.includes(subgraph))
    throw new Failure('bad-input', `Expected --subgraph to be one of ${names.join(', ')}, found ${subgraph}`);
  const groups = modules.flatMap((module) => module.groups);
  const consumers = groups.map((group) => group.slice(group.indexOf('.') + 1));
  if (consumer !== undefined && !consumers.includes(consumer)) {
    const expected =
      consumers.length === 0 ? 'left out, as there are no consumers' : `one of ${consumers.join(', ')}`;
    throw new Failure('bad-input', `Expected --consumer to be ${expected}; found ${consumer}`);
  }

  const opened: Database[] = [];
  let queues: DeadLetterQueues | null = null;
  const close = async () => {
    await Promise.all(opened.map((database) => database.close()));
    await queues?.close();
  };
  try {
    const subgraphs: OpenedSubgraph[] = [];
    for (const module of modules) {
      if (subgraph !== undefined && module.name !== subgraph) continue;
      const database = await openOne(databaseUrlOf(module.name, environmentOf(module.name, environment)));
      if (database !== null) opened.push(database);
      subgraphs.push({
        name: module.name,
        database,
        groups: module.groups.filter(
          (group) => consumer === undefined || group === `${module.name}.${consumer}`,
        ),
      });
    }
    const { url, prefix } = readBrokerSettings('events', environment);
    if (url !== undefined) queues = await openQueues(url, prefix);
    return { subgraphs, queues, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openOne(url: string): Promise<Database | null> {
  try {
    return await connectDatabase(url);
  } catch (error) {
    if (error instanceof Failure && error.code === 'DATABASE_NOT_FOUND') return null;
    throw error;
  }
}

async function openQueues(url: string, prefix: string): Promise<DeadLetterQueues> {
  try {
    return await openDeadLetterQueues({ url, prefix });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(
      'unavailable',
      `Cannot reach RabbitMQ at ${new URL(url).host}: ${reason}. Look at BROKER_URL`,
      { cause: error },
    );
  }
}
