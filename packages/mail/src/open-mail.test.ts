import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@stoa/config';
import { silentLogger } from '@stoa/telemetry';
import { startMailServer } from '@stoa/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mailConfig } from './config.ts';
import { openMail } from './open-mail.ts';

const letter = { id: 'letter-1', to: 'ada@stoa.example', subject: 'Hello', text: 'https://stoa.example\n' };
const warn = vi.fn();
const print = vi.spyOn(console, 'log').mockImplementation(() => {});
let dataFolder: string;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'stoa-mail-'));
  warn.mockClear();
  print.mockClear();
});
afterEach(() => rmSync(dataFolder, { recursive: true }));

/** Sends the letter as a process does that has these variables. */
async function sendIn(environment: Record<string, string>): Promise<void> {
  const read = readConfig('test', mailConfig, environment);
  const config = { ...read, production: read.NODE_ENV === 'production', dataFolder };
  const logger = Object.assign(Object.create(silentLogger), { warn });
  const mail = openMail({ config, newId: () => '1', logger });
  await mail.send(letter);
  mail.close();
}

test.each([
  ['development', { prints: 1, warns: 0 }],
  ['test', { prints: 0, warns: 0 }],
  ['production', { prints: 0, warns: 1 }],
])('without SMTP_URL, mail is files in the data folder, in %s', async (mode, { prints, warns }) => {
  await sendIn({ NODE_ENV: mode });
  expect(readdirSync(join(dataFolder, 'outbox'))).toEqual(['letter-1.eml']);
  expect(print).toHaveBeenCalledTimes(prints);
  expect(warn).toHaveBeenCalledTimes(warns);
});

test('with SMTP_URL, mail goes to that server, from MAIL_FROM, and is no file', async () => {
  const server = await startMailServer();
  await sendIn({ SMTP_URL: server.url, MAIL_FROM: 'Shop <us@shop.example>' });
  server.close();
  expect(server.letters).toEqual([expect.stringContaining('From: Shop <us@shop.example>')]);
  expect(readdirSync(dataFolder)).toEqual([]);
});
