import { inspect } from 'node:util';
import { startMailServer } from '@stoa/testkit';
import { expect, test } from 'vitest';
import { smtpTransport } from './smtp-transport.ts';

const letter = { to: 'ada@stoa.example', subject: 'Hello', text: 'Good morning\n' };

test('a letter goes to the mail server', async () => {
  const server = await startMailServer();
  const transport = smtpTransport({ url: server.url, from: 'Stoa <shop@stoa.example>' });
  await transport.send({ ...letter, id: 'letter-1' });
  transport.close();
  server.close();
  expect(server.lines).toEqual(
    expect.arrayContaining([
      'MAIL FROM:<shop@stoa.example>',
      'RCPT TO:<ada@stoa.example>',
      'From: Stoa <shop@stoa.example>',
      'Subject: Hello',
      'Message-ID: <letter-1@stoa.example>',
      'Good morning',
    ]),
  );
});

test('a letter that the mail server puts off is an error, which does not tell the address', async () => {
  const server = await startMailServer();
  server.takesLetters = false;
  const transport = smtpTransport({ url: server.url, from: 'shop@stoa.example' });
  const error: Error = await transport.send(letter).then(
    () => new Error('It was taken'),
    (reason) => reason,
  );
  expect(error.message).toContain('451 <[redacted]> not now');
  expect(inspect(error, { depth: 5, showHidden: true })).not.toContain('ada@stoa.example');
  transport.close();
  server.close();
  expect(server.letters).toEqual([]);
});

test('a letter that no mail server takes is an error', async () => {
  const server = await startMailServer();
  server.close();
  const transport = smtpTransport({ url: server.url, from: 'shop@stoa.example' });
  await expect(transport.send(letter)).rejects.toThrow('ECONNREFUSED');
  transport.close();
});
