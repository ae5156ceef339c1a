import type { Transporter } from 'nodemailer';
import type { MailTransport } from './mail-transport.ts';
import { messageOf } from './message-of.ts';

const patienceMs = 10_000;

/**
 * Sends letters by a mail server.
 * @param url for example smtp://user:password@host:587, or smtps:// for TLS from the first byte
 */
export function smtpTransport({ url, from }: { url: string; from: string }): MailTransport {
  let opening: Promise<Transporter> | undefined;
  /** Its library is loaded with the first letter. */
  const open = async (): Promise<Transporter> => {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url,
      connectionTimeout: patienceMs,
      greetingTimeout: patienceMs,
      socketTimeout: patienceMs,
    });
  };
  return {
    async send(mail) {
      const message = messageOf(mail, from);
      opening ??= open();
      const transporter = await opening;
      await transporter.sendMail(message).catch((reason: unknown) => {
        throw refusalOf(reason);
      });
    },
    close() {
      opening?.then(
        (transporter) => transporter.close(),
        // Whoever sent was told.
        () => {},
      );
    },
  };
}

/** Why a letter was not taken, without the address, which is in what mail servers say, and must be in no log. */
function refusalOf(reason: unknown): Error {
  const words = reason instanceof Error ? reason.message : String(reason);
  return new Error(`The mail server took no letter: ${words.replace(/[^\s<>"]+@[^\s<>"]+/g, '[redacted]')}`);
}
