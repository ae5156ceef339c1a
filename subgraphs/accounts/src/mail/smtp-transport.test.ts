import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { smtpTransport } from './smtp-transport.ts';

/** As much of RFC 5321 as a client needs that sends one letter. */
async function startMailServer() {
  const received: string[] = [];
  const server = createServer((socket) => {
    let isLetter = false;
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        received.push(line);
        if (isLetter && line !== '.') continue;
        const verb = line.slice(0, 4).toUpperCase();
        isLetter = verb === 'DATA';
        socket.write(isLetter ? '354 go on\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Expected a TCP address');
  return { received, url: `smtp://127.0.0.1:${address.port}`, close: () => server.close() };
}

const letter = { to: 'ada@stoa.example', subject: 'Hello', text: 'Good morning\n' };

test('a letter goes to the mail server', async () => {
  const server = await startMailServer();
  const transport = smtpTransport({ url: server.url, from: 'Stoa <shop@stoa.example>' });
  await transport.send(letter);
  transport.close();
  server.close();
  expect(server.received).toEqual(
    expect.arrayContaining([
      'MAIL FROM:<shop@stoa.example>',
      'RCPT TO:<ada@stoa.example>',
      'From: Stoa <shop@stoa.example>',
      'Subject: Hello',
      'Good morning',
    ]),
  );
});

test('a letter that no mail server takes is an error', async () => {
  const server = await startMailServer();
  server.close();
  const transport = smtpTransport({ url: server.url, from: 'shop@stoa.example' });
  await expect(transport.send(letter)).rejects.toThrow('ECONNREFUSED');
  transport.close();
});
