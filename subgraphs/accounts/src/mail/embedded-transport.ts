import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NewId } from '@stoa/clock';
import { createTransport } from 'nodemailer';
import type { MailTransport } from './mail-transport.ts';

export interface EmbeddedTransportOptions {
  readonly from: string;
  /** Where the letters go; made when it is missing. */
  readonly folder: string;
  /** Names the files, in the order in which the letters were sent. */
  readonly newId: NewId;
  /** Takes a line for each letter that holds a link, so that a developer can follow it; null to say nothing. */
  readonly print: ((line: string) => void) | null;
}

/** Writes each letter as a file that any mail program opens (RFC 5322, .eml), in place of sending it. */
export function embeddedTransport({ from, folder, newId, print }: EmbeddedTransportOptions): MailTransport {
  const composer = createTransport({ streamTransport: true, buffer: true });
  return {
    async send(mail) {
      const { message } = await composer.sendMail({ from, ...mail });
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // The links in it are as good as a password: nobody else on the machine may read it.
      await writeFile(join(folder, `${newId()}.eml`), message, { mode: 0o600, flag: 'wx' });
      const link = /https?:\/\/\S+/.exec(mail.text)?.[0];
      if (link !== undefined) print?.(`Mail to ${mail.to}, "${mail.subject}": ${link}`);
    },
    close: () => composer.close(),
  };
}
