import { expect, test } from 'vitest';
import { messageOf } from './message-of.ts';

const letter = { to: 'ada@stoa.example', subject: 'Hello', text: 'Good morning\n' };

test.each([
  ['Stoa <shop@stoa.example>', '<0198a1c2@stoa.example>'],
  ['shop@mail.stoa.example', '<0198a1c2@mail.stoa.example>'],
  ['Stoa', '<0198a1c2@localhost>'],
])('a letter with an id, from %s, is %s', (from, messageId) => {
  expect(messageOf({ ...letter, id: '0198a1c2' }, from)).toEqual({ ...letter, from, messageId });
});

test('a letter without an id is given none', () => {
  expect(messageOf(letter, 'shop@stoa.example')).toEqual({ ...letter, from: 'shop@stoa.example' });
});

test.each(['', '../1', 'a>\r\nBcc: all@stoa.example', 'a'.repeat(101)])('%j is no id', (id) => {
  expect(() => messageOf({ ...letter, id }, 'shop@stoa.example')).toThrow("Expected a mail's id");
});
