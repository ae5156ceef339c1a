import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { embeddedTransport } from './embedded-transport.ts';

const letter = {
  to: 'ada@stoa.example',
  subject: 'Choose a new password – now',
  text: 'Here:\n\nhttp://localhost:4000/reset-password?token=a_long-token-0123456789012345678901234567890123\n\nBye\n',
};

test('a letter becomes a file that a mail program opens and nobody else reads, and its link is printed', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'stoa-mail-')), 'outbox');
  const lines: string[] = [];
  const ids = ['1', '2'];
  const newId = () => ids.shift() ?? 'none left';
  const transport = embeddedTransport({
    from: 'Stoa <shop@stoa.example>',
    folder,
    newId,
    print: (line) => lines.push(line),
  });
  await transport.send(letter);
  await transport.send({ ...letter, text: 'No link' });
  transport.close();

  expect(readdirSync(folder)).toEqual(['1.eml', '2.eml']);
  const content = readFileSync(join(folder, '1.eml'), 'utf8');
  expect(content).toMatch(/^From: Stoa <shop@stoa\.example>\r?$/m);
  expect(content).toMatch(/^To: ada@stoa\.example\r?$/m);
  expect(content).toContain('http://localhost:4000/reset-password?token');
  expect(statSync(join(folder, '1.eml')).mode & 0o077).toBe(0);
  expect(lines).toEqual([
    'Mail to ada@stoa.example, "Choose a new password – now": http://localhost:4000/reset-password?token=a_long-token-0123456789012345678901234567890123',
  ]);
});

test('a letter that is sent again is one file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stoa-mail-'));
  const transport = embeddedTransport({ from: 'shop@stoa.example', folder, newId: () => '1', print: null });
  await transport.send({ ...letter, id: 'letter-1' });
  await transport.send({ ...letter, id: 'letter-1' });
  expect(readdirSync(folder)).toEqual(['letter-1.eml']);
  expect(readFileSync(join(folder, 'letter-1.eml'), 'utf8')).toMatch(
    /^Message-ID: <letter-1@stoa\.example>\r?$/m,
  );
});

test('a letter that cannot be written is an error', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'stoa-mail-')), 'nul\0');
  const transport = embeddedTransport({ from: 'shop@stoa.example', folder, newId: () => '1', print: null });
  await expect(transport.send(letter)).rejects.toThrow();
});
