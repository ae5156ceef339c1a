import { statSync } from 'node:fs';
import type { Logger } from '@stoa/telemetry';
import type { GatewayOptions } from './gateway-options.ts';
import { loadSupergraph } from './load-supergraph.ts';

/**
 * Looks from time to time whether a composed schema was written anew. The file is looked at rather than watched, as a
 * mounted one that is swapped as a whole tells no watcher.
 * @param everyMs 0 for never
 */
export function followSupergraph(
  file: string,
  everyMs: number,
  logger: Logger,
): GatewayOptions['supergraphUpdates'] {
  if (everyMs === 0) return undefined;
  return (onUpdate) => {
    let lastStamp = stampOf(file);
    let lastSdl = loadSupergraph(file);
    const look = () => {
      const stamp = stampOf(file);
      if (stamp === lastStamp) return;
      lastStamp = stamp;
      try {
        const sdl = loadSupergraph(file);
        if (sdl === lastSdl) return;
        lastSdl = sdl;
        onUpdate(sdl);
      } catch (error) {
        // It may be half written: the next look tells.
        logger.error({ event: 'supergraph.refused', err: error });
      }
    };
    const timer = setInterval(look, everyMs).unref();
    return () => clearInterval(timer);
  };
}

function stampOf(file: string): string {
  const { mtimeMs, size, ino } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return `${mtimeMs} ${size} ${ino}`;
}
