import type { Logger } from '@stoa/telemetry';
import type { BrokerSettings } from '../config.ts';
import type { Broker } from './broker.ts';
import { createInMemoryBroker } from './in-memory-broker.ts';

/** The broker of a process: RabbitMQ where the settings name one, else one in memory. */
export async function openBroker(settings: BrokerSettings, logger: Logger): Promise<Broker> {
  if (settings.url === undefined) return createInMemoryBroker();
  // The client is loaded where it is used: a shop in one process does without.
  const { createRabbitMqBroker } = await import('./rabbitmq/rabbitmq-broker.ts');
  return createRabbitMqBroker({ ...settings, url: settings.url, logger });
}
