import { type Level, type Logger as PinoLogger, pino } from 'pino';

/** A structured logger: `logger.info({ event: 'order.placed', orderId })`. */
export type Logger = PinoLogger;

export interface LoggerOptions {
  /** Who speaks: the name of a subgraph, or `router`. */
  name: string;
  level?: Level | 'silent';
}

/** Secrets and personal data that must never reach a log, at the top level or one below. */
const redacted = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'secret',
  'email',
  'address',
];

export function createLogger({ name, level = 'info' }: LoggerOptions): Logger {
  return pino({
    name,
    level,
    base: { name },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: redacted.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
  });
}

export const silentLogger: Logger = pino({ level: 'silent' });
