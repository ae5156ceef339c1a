import MailComposer from 'nodemailer/lib/mail-composer';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { messageOf } from './message-of.ts';

/** The longest line of quoted-printable (RFC 2045, section 6.7). */
const longestLine = 76;

type Letter = ReturnType<typeof messageOf>;

/**
 * A letter as it goes over the wire (RFC 5322): the composer's headers, and the text as they say that it is encoded. The composer itself
 * writes through streams, which are made for attachments and take three times as long as all of this.
 */
export function letterText(letter: Letter): string {
  // Of plain text it leaves as it is what fits into 7 bits and short lines, and encodes the rest by what is named here.
  const composed = new MailComposer({ ...letter, textEncoding: 'quoted-printable' }).compile();
  const isAsItIs = composed.getTransferEncoding() === '7bit';
  const text = isAsItIs ? letter.text : wrap(encode(letter.text), longestLine);
  return `${composed.buildHeaders()}\r\n\r\n${text}`;
}
