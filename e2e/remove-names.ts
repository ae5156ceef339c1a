import { connect } from 'amqplib';

/**
 * Removes what the processes of a shop have made at a RabbitMQ.
 * @param groups the names of its consumers: `orders.confirm-by-mail`
 */
export async function removeNames(url: string, prefix: string, groups: readonly string[]): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  for (const group of groups) {
    await channel.deleteQueue(`${prefix}${group}`);
    await channel.deleteQueue(`${prefix}${group}.dead-letters`);
  }
  await channel.deleteExchange(`${prefix}stoa.events`);
  await channel.deleteExchange(`${prefix}stoa.dead-letters`);
  await connection.close();
}
