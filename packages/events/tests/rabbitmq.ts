import { rabbitmqUrl } from '@stoa/testkit';
import { connect } from 'amqplib';
import { namesWith } from '../src/brokers/rabbitmq/topology.ts';

/** Names of its own at the RabbitMQ of the test run, which is everybody's. */
export interface OwnNames {
  readonly url: string;
  readonly prefix: string;
  /** Removes the exchanges, and the queues of the groups. */
  remove(groups: readonly string[]): Promise<void>;
}

/** Null where no RabbitMQ answers. */
export function ownNames(): OwnNames | null {
  const url = rabbitmqUrl();
  if (url === null) return null;
  const prefix = `test-${crypto.randomUUID().slice(0, 8)}.`;
  return {
    url,
    prefix,
    async remove(groups) {
      const names = namesWith(prefix);
      const connection = await connect(url);
      const channel = await connection.createChannel();
      for (const group of groups) {
        await channel.deleteQueue(names.queueOf(group));
        await channel.deleteQueue(names.deadQueueOf(group));
      }
      await channel.deleteExchange(names.events);
      await channel.deleteExchange(names.dead);
      await connection.close();
    },
  };
}
