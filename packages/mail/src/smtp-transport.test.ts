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

test('a letter that the mail server puts off is an error', async () => {
  const server = await startMailServer();
  server.takesLetters = false;
  const transport = smtpTransport({ url: server.url, from: 'shop@stoa.example' });
  await expect(transport.send(letter)).rejects.toThrow('451 not now');
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
