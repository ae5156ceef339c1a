import type { Logger } from '@stoa/telemetry';

/**
 * Runs `stop` once, at SIGTERM or SIGINT, then ends the process: with 0 when everything was
 * drained in time, with 1 when it failed or took longer than `withinMs`.
 */
export function stopOnSignal(stop: () => Promise<void>, logger: Logger, withinMs = 25_000): void {
  let stopping = false;
  const onSignal = (signal: NodeJS.Signals) => {
    if (stopping) return;
    stopping = true;
    logger.info({ event: 'stopping', signal });
    setTimeout(() => {
      logger.error({ event: 'stop.timed-out', withinMs });
      process.exit(1);
    }, withinMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ event: 'stop.failed', err: error });
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}
