import MailComposer from 'nodemailer/lib/mail-composer';
import { hasLongerLines, isPlainText } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';
import type { Letter } from './message-of.ts';
import { plainHeaders } from './plain-headers.ts';

/** The longest line of quoted-printable (RFC 2045, section 6.7). */
const longestLine = 76;

/**
 * A letter as it goes over the wire (RFC 5322): the composer's headers, and the text as they say that it is encoded. The composer itself
 * writes through streams, which are made for attachments and take three times as long as all of this.
 */
export function letterText(letter: Letter): string {
  // The composer leaves as it is what fits into 7 bits and short lines.
  const isAsItIs =
    letter.text !== '' && isPlainText(letter.text) && !hasLongerLines(letter.text, longestLine);
  const text = isAsItIs ? letter.text : wrap(encode(letter.text), longestLine);
  const headers = plainHeaders(letter, isAsItIs, composedHeaders) ?? composedHeaders(letter);
  return `${headers}\r\n\r\n${text}`;
}

/** What has to be encoded is so by what is named here. */
function composedHeaders(letter: Letter): string {
  return new MailComposer({ ...letter, textEncoding: 'quoted-printable' }).compile().buildHeaders();
}
