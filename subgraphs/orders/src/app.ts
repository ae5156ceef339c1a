import { type MailOptions, type MailTransport, openMail } from '@stoa/mail';
import type { OrdersSettings } from './config.ts';

/** What lives as long as the process: the settings, and what carries the letters. */
export interface OrdersApp extends OrdersSettings {
  readonly mail: MailTransport;
}

export function createApp(
  process: MailOptions & { readonly config: OrdersSettings & MailOptions['config'] },
): OrdersApp {
  return { ...process.config, mail: openMail(process) };
}

export async function stopApp({ mail }: OrdersApp): Promise<void> {
  mail.close();
}
