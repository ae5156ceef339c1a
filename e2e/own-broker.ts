import { rabbitmqUrl } from '@stoa/testkit';
import { connect } from 'amqplib';

/** A corner of its own at the RabbitMQ of the test run, which is everybody's. */
export interface OwnBroker {
  /** For the processes that share it. */
  readonly settings: Readonly<Record<'BROKER_URL' | 'BROKER_PREFIX', string>>;
  /** Removes the queues of these consumers, such as `orders.confirm-by-mail`, and the exchanges. */
  remove(groups: readonly string[]): Promise<void>;
}

/** Null where no RabbitMQ answers. */
export function ownBroker(): OwnBroker | null {
  const url = rabbitmqUrl();
  if (url === null) return null;
  const prefix = `test-${crypto.randomUUID().slice(0, 8)}.`;
  return {
    settings: { BROKER_URL: url, BROKER_PREFIX: prefix },
    async remove(groups) {
      const connection = await connect(url);
      const channel = await connection.createChannel();
      for (const group of groups) {
        await channel.deleteQueue(`${prefix}${group}`);
        await channel.deleteQueue(`${prefix}${group}.dead-letters`);
      }
      await channel.deleteExchange(`${prefix}stoa.events`);
      await channel.deleteExchange(`${prefix}stoa.dead-letters`);
      await connection.close();
    },
  };
}
