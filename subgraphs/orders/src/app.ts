import { type Database, lazyFork } from '@stoa/database';
import { type MailOptions, type MailTransport, openMail } from '@stoa/mail';
import type { OrdersSettings } from './config.ts';
import { type ConsumerReads, consumerReads } from './consumers/consumer-reads.ts';

/** What lives as long as the process: the settings, what carries the letters, and what consumers read. */
export interface OrdersApp extends OrdersSettings {
  readonly mail: MailTransport;
  readonly reads: ConsumerReads;
}

export function createApp(
  process: MailOptions & {
    readonly config: OrdersSettings & MailOptions['config'];
    readonly database: Database;
  },
): OrdersApp {
  return { ...process.config, mail: openMail(process), reads: consumerReads(lazyFork(process.database.em)) };
}

export async function stopApp({ mail }: OrdersApp): Promise<void> {
  mail.close();
}
