import type { Channel } from 'amqplib';

/**
 * Closes a channel. One whose connection is lost meanwhile gets no answer, and one that has ended already throws: either
 * is closed.
 */
export async function closeChannel(channel: Channel): Promise<void> {
  const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()));
  try {
    await Promise.race([channel.close(), closed]);
  } catch {}
}
