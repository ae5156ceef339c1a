import { connect } from 'amqplib';
import { namesWith } from '../packages/events/src/brokers/rabbitmq/topology.ts';

/**
 * Removes what the processes of a shop have made at a RabbitMQ.
 * @param groups the names of its consumers: `orders.confirm-by-mail`
 */
export async function removeNames(url: string, prefix: string, groups: readonly string[]): Promise<void> {
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
}
