import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { letterText } from './letter-text.ts';
import { messageOf } from './message-of.ts';

const from = 'Stöa <shop@stoa.example>';
const composer = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });

const withoutDate = (composed: string) =>
  composed.replace(/^Date: (.*)$/m, (_, date) => `Date: ${Date.parse(date) > 0}`).replaceAll('\r\n', '\n');
const written = async (letter: ReturnType<typeof messageOf>) => {
  const { message } = await composer.sendMail({ ...letter, textEncoding: 'quoted-printable' });
  return withoutDate(String(message));
};

test.each([
  ['of plain words', 'Good morning\n\nYours\n'],
  ['of other letters', 'Guten Tag, Jörg: 2 × Größe 42\n'],
  ['of long lines', `${'word '.repeat(40)}\n`],
  ['that ends in a space', 'Good morning \n'],
  ['of none', ''],
])('a text %s is what the composer writes', async (_, text) => {
  const letter = messageOf({ id: '1', to: 'ada@stoa.example', subject: 'Größe – 42', text }, from);
  expect(withoutDate(letterText(letter))).toBe(await written(letter));
});

test.each([
  ['plain', 'ada@stoa.example', 'Your order 1042'],
  ['of a name and an address', 'Ada Buyer <ada@stoa.example>', 'Your order'],
  ['to an address in capitals', 'Ada@Stoa.Example', 'Your order'],
  ['to a domain of other letters', 'ada@größe.example', 'Your order'],
  ['to an address that has to be quoted', 'a..b@stoa.example', 'Your order'],
  ['to several', 'ada@stoa.example, bo@stoa.example', 'Your order'],
  ['to a long address', `${'a'.repeat(80)}@stoa.example`, 'Your order'],
  ['with a subject of other letters', 'ada@stoa.example', 'Bestellung – bezahlt'],
  ['with a subject that looks encoded', 'ada@stoa.example', 'Your =?utf-8?Q?order?='],
  ['with spaces around its subject', 'ada@stoa.example', '  Your  order '],
  ['with a long subject', 'ada@stoa.example', 'Your order '.repeat(20)],
  ['with a line break in its subject', 'ada@stoa.example', 'Your order\r\nBcc: all@stoa.example'],
])('the headers of a letter %s are what the composer writes', async (_, to, subject) => {
  for (const text of ['Good morning\n', 'Größe\n']) {
    const letter = messageOf({ id: '1', to, subject, text }, from);
    expect(withoutDate(letterText(letter))).toBe(await written(letter));
  }
});

test('a letter without an id is given one', () => {
  const letter = messageOf({ to: 'ada@stoa.example', subject: 'Hello', text: 'Good morning\n' }, from);
  const ids = [letterText(letter), letterText(letter)].map((text) => /^Message-ID: <.+>\r$/m.exec(text)?.[0]);
  expect(new Set(ids).size).toBe(2);
  expect(ids).not.toContain(undefined);
});
