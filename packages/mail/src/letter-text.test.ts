import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { letterText } from './letter-text.ts';
import { messageOf } from './message-of.ts';

const from = 'Stöa <shop@stoa.example>';
const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

test.each([
  ['of plain words', 'Good morning\n\nYours\n'],
  ['of other letters', 'Guten Tag, Jörg: 2 × Größe 42\n'],
  ['of long lines', `${'word '.repeat(40)}\n`],
  ['that ends in a space', 'Good morning \n'],
  ['of none', ''],
])('a text %s is what the composer writes', async (_, text) => {
  const letter = messageOf({ id: '1', to: 'ada@stoa.example', subject: 'Größe – 42', text }, from);
  const { message } = await composer.sendMail({ ...letter, textEncoding: 'quoted-printable' });
  const withoutDate = (composed: string) => composed.replace(/^Date: .*$/m, '').replaceAll('\r\n', '\n');
  expect(withoutDate(letterText(letter))).toBe(withoutDate(String(message)));
});
