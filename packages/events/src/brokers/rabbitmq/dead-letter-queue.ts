import { createHash } from 'node:crypto';
import { type ConfirmChannel, connect, type GetMessage } from 'amqplib';
import { namesWith } from './topology.ts';

/** What RabbitMQ itself gave up on: no event at all, or one that ended each process it was given to. */
export interface UndeliveredMessage {
  readonly group: string;
  /** That of the event where the message has one, else made from its content. */
  readonly id: string;
  /** `rejected` or `delivery_limit`. */
  readonly reason: string;
  readonly content: string;
}

/** The dead-letter queues of a RabbitMQ, for a person who looks into them. */
export interface DeadLetterQueues {
  /** What lies on the queue of a group, at most `limit`; it stays there. */
  list(group: string, limit: number): Promise<UndeliveredMessage[]>;
  /** Puts what `isChosen` says back on the queue of its group. Returns how many. */
  replay(group: string, isChosen: (message: UndeliveredMessage) => boolean): Promise<number>;
  close(): Promise<void>;
}

/** @throws {Error} when RabbitMQ cannot be reached */
export async function openDeadLetterQueues(options: {
  url: string;
  prefix: string;
}): Promise<DeadLetterQueues> {
  const names = namesWith(options.prefix);
  const connection = await connect(options.url, { timeout: 10_000 });
  connection.on('error', () => {});

  /** Gives each message of the queue once; what is not acknowledged lies there again afterwards. */
  const each = async (
    group: string,
    limit: number,
    look: (channel: ConfirmChannel, message: GetMessage) => Promise<void>,
  ) => {
    const channel = await connection.createConfirmChannel();
    channel.on('error', () => {});
    let isOpen = true;
    channel.once('close', () => {
      isOpen = false;
    });
    try {
      for (let count = 0; count < limit; count += 1) {
        const message = await channel.get(names.deadQueueOf(group));
        if (message === false) return;
        await look(channel, message);
      }
    } catch (error) {
      // The queue is made when its consumer first starts.
      if ((error as { code?: number }).code !== 404) throw error;
    } finally {
      if (isOpen) await channel.close();
    }
  };

  return {
    async list(group, limit) {
      const messages: UndeliveredMessage[] = [];
      await each(group, limit, async (_, message) => {
        messages.push(describe(group, message));
      });
      return messages;
    },
    async replay(group, isChosen) {
      let count = 0;
      await each(group, Number.POSITIVE_INFINITY, async (channel, message) => {
        if (!isChosen(describe(group, message))) return;
        const { messageId, type, timestamp, contentType, correlationId } = message.properties;
        channel.sendToQueue(names.queueOf(group), message.content, {
          persistent: true,
          messageId,
          type,
          timestamp,
          contentType,
          correlationId,
        });
        await channel.waitForConfirms();
        channel.ack(message);
        count += 1;
      });
      return count;
    },
    close: () => connection.close(),
  };
}

function describe(group: string, { content, properties }: GetMessage): UndeliveredMessage {
  const [death] = properties.headers?.['x-death'] ?? [];
  return {
    group,
    id: properties.messageId ?? `message-${createHash('sha256').update(content).digest('hex').slice(0, 12)}`,
    reason: death?.reason ?? 'unknown',
    content: content.toString('utf8'),
  };
}
