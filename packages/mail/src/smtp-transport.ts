import { createTransport } from 'nodemailer';
import type { MailTransport } from './mail-transport.ts';
import { messageOf } from './message-of.ts';

const patienceMs = 10_000;

/**
 * Sends letters by a mail server.
 * @param url for example smtp://user:password@host:587, or smtps:// for TLS from the first byte
 */
export function smtpTransport({ url, from }: { url: string; from: string }): MailTransport {
  const transporter = createTransport({
    url,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
  });
  return {
    async send(mail) {
      await transporter.sendMail(messageOf(mail, from));
    },
    close: () => transporter.close(),
  };
}
