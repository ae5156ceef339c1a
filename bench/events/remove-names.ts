import { connect } from 'amqplib';
import { namesWith } from '../../packages/events/src/brokers/rabbitmq/topology.ts';

/** Removes what the counting subgraph has declared at a RabbitMQ that is not its own. */
export async function removeNames(url: string, prefix: string): Promise<void> {
  const names = namesWith(prefix);
  const connection = await connect(url);
  const channel = await connection.createChannel();
  await channel.deleteQueue(names.queueOf('bench.count'));
  await channel.deleteQueue(names.deadQueueOf('bench.count'));
  await channel.deleteExchange(names.events);
  await channel.deleteExchange(names.dead);
  await connection.close();
}
