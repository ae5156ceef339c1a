import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@stoa/telemetry';
import type { Channel } from 'amqplib';
import { closeChannel } from './close-channel.ts';

/** How long to wait before a channel that ended is opened again. */
const pauseMs = 200;

export interface KeepChannelOptions<Open extends Channel> {
  readonly name: string;
  readonly logger: Logger;
  /** Waits for a connection; rejects once that is closed for good. */
  readonly open: () => Promise<Open>;
  /** Declares and subscribes, on each new channel. */
  readonly prepare: (channel: Open) => Promise<void>;
}

/** A channel that is opened again whenever it ends, be it by a lost connection or by an error. */
export interface KeptChannel<Open extends Channel> {
  /** Null while there is none. */
  current(): Open | null;
  /** Resolves when the first channel is prepared, or when it has failed once: the broker may be away for long. */
  readonly tried: Promise<void>;
  /** Ends it for good. May be called twice. */
  stop(): Promise<void>;
}

export function keepChannel<Open extends Channel>({
  name,
  logger,
  open,
  prepare,
}: KeepChannelOptions<Open>): KeptChannel<Open> {
  const stopping = new AbortController();
  const stopped = new Promise<null>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve(null));
  });
  let current: Open | null = null;
  const failed = (error: unknown) => {
    if (!stopping.signal.aborted) logger.error({ event: 'broker.channel-failed', channel: name, err: error });
  };

  const hold = async (isPrepared: () => void) => {
    const channel = await Promise.race([open(), stopped]);
    if (channel === null) return;
    const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()));
    channel.on('error', failed);
    try {
      await prepare(channel);
      current = channel;
      isPrepared();
      await Promise.race([closed, stopped]);
    } finally {
      current = null;
      await closeChannel(channel);
    }
  };
  const keep = async (isTried: () => void) => {
    while (!stopping.signal.aborted) {
      await hold(isTried).catch(failed);
      isTried();
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  let ended: Promise<void> = Promise.resolve();
  const tried = new Promise<void>((resolve) => {
    ended = keep(resolve);
  });
  return {
    current: () => current,
    tried,
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
