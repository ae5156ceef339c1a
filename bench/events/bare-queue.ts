import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'amqplib';

export interface BareOptions {
  readonly url: string;
  readonly events: number;
  readonly batchSize: number;
  readonly prefetch: number;
  readonly bytes: number;
}

/**
 * How fast the client library alone takes messages through a quorum queue on the same RabbitMQ: confirmed in batches,
 * consumed and acknowledged meanwhile, and nothing else done about them.
 * @returns messages a second
 */
export async function bareQueue({ url, events, batchSize, prefetch, bytes }: BareOptions): Promise<number> {
  const connection = await connect(url, { noDelay: true });
  const publishing = await connection.createConfirmChannel();
  const consuming = await connection.createChannel();
  const queue = `bench-bare-${crypto.randomUUID().slice(0, 8)}`;
  await consuming.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
  const content = Buffer.alloc(bytes, 'x');
  try {
    let received = 0;
    await consuming.prefetch(prefetch);
    const started = performance.now();
    await consuming.consume(queue, (message) => {
      if (message === null) return;
      received += 1;
      consuming.ack(message);
    });
    for (let sent = 0; sent < events; sent += batchSize) {
      for (let index = 0; index < Math.min(batchSize, events - sent); index += 1)
        publishing.sendToQueue(queue, content, { persistent: true });
      await publishing.waitForConfirms();
    }
    while (received < events) await sleep(2);
    return events / ((performance.now() - started) / 1_000);
  } finally {
    await consuming.deleteQueue(queue);
    await connection.close();
  }
}
