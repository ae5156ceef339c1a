import { join } from 'node:path';
import type { NewId } from '@stoa/clock';
import type { ConfigOf } from '@stoa/config';
import type { Logger } from '@stoa/telemetry';
import type { mailConfig } from './config.ts';
import { embeddedTransport } from './embedded-transport.ts';
import type { MailTransport } from './mail-transport.ts';
import { smtpTransport } from './smtp-transport.ts';

/** What `openMail` needs of a process. */
export interface MailOptions {
  readonly config: ConfigOf<typeof mailConfig> & {
    readonly production: boolean;
    /** Where mails go as files, into `outbox`, when there is no mail server. Absolute. */
    readonly dataFolder: string;
  };
  readonly newId: NewId;
  readonly logger: Logger;
}

/**
 * What carries the letters of a process: the mail server of SMTP_URL, or else files in the data folder. Production is
 * warned of the latter, as nobody gets those.
 */
export function openMail({ config, newId, logger }: MailOptions): MailTransport {
  const { production, dataFolder, NODE_ENV, MAIL_FROM: from, SMTP_URL: url } = config;
  if (url !== undefined) return smtpTransport({ url, from });
  const folder = join(dataFolder, 'outbox');
  if (production) logger.warn({ event: 'mail.embedded', folder, reason: 'SMTP_URL is not set' });
  const isQuiet = production || NODE_ENV === 'test';
  return embeddedTransport({ from, folder, newId, print: isQuiet ? null : (line) => console.log(line) });
}
