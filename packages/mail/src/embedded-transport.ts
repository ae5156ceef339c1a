import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NewId } from '@stoa/clock';
import type { MailTransport } from './mail-transport.ts';
import { messageOf } from './message-of.ts';

export interface EmbeddedTransportOptions {
  readonly from: string;
  /** Where the letters go; made when it is missing. */
  readonly folder: string;
  /** Names the files of letters that have no id, in the order in which they were sent. */
  readonly newId: NewId;
  /** Takes a line for each letter that holds a link, so that a developer can follow it; null to say nothing. */
  readonly print: ((line: string) => void) | null;
}

/**
 * Writes each letter as a file that any mail program opens (RFC 5322, .eml), in place of sending it. A letter whose id was
 * there before replaces that one.
 */
export function embeddedTransport({ from, folder, newId, print }: EmbeddedTransportOptions): MailTransport {
  return {
    async send(mail) {
      // Its library is loaded with the first letter.
      const { letterText } = await import('./letter-text.ts');
      const letter = letterText(messageOf(mail, from));
      // The links in it are as good as a password: nobody else on the machine may read it.
      const file = join(folder, `${mail.id ?? newId()}.eml`);
      // At once: a thread that opens, writes and closes would be asked three times, for what takes less than asking.
      const write = () => writeFileSync(file, letter, { mode: 0o600 });
      try {
        write();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        write();
      }
      const link = /https?:\/\/\S+/.exec(mail.text)?.[0];
      if (link !== undefined) print?.(`Mail to ${mail.to}, "${mail.subject}": ${link}`);
    },
    close() {},
  };
}
