import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId } from '@stoa/clock';
import { repositoryRoot } from '@stoa/registry';
import { processEnvironment } from '@stoa/subgraph';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownEnvironment } from '../src/commands/own-database.config.ts';
import { reconcileCommand } from '../src/commands/reconcile.ts';
import type { Report } from '../src/reconciliation/report.ts';
import { type OpenPayments, openPayments } from './open-payments.ts';

const folder = mkdtempSync(join(tmpdir(), 'stoa-payments-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Beside a shop that runs: a file that both have open, and a database on a server.
describe.each(databaseEngines)('npm run payments -- reconcile, on $engine', ({ engine, freshUrl }) => {
  const url = engine === 'sqlite' ? `sqlite:${join(folder, 'payments.sqlite')}` : freshUrl();
  let payments: OpenPayments;
  beforeAll(async () => {
    payments = await openPayments(url);
  });
  afterAll(() => payments.stop());

  const knex = () => payments.subgraph.database.em.fork().getKnex();
  const command = (...args: string[]) =>
    reconcileCommand(args, { NODE_ENV: 'test', STOA_DATA_DIR: folder, DATABASE_URL: url }, payments.clock);
  const report = async (...args: string[]) => {
    const { text, exitCode } = await command('--json', ...args);
    return { report: JSON.parse(text) as Report, exitCode };
  };

  it('finds that ledger and provider agree', async () => {
    await payments.pay();
    await payments.pay({ token: 'tok_decline' });
    await payments.pay({ capture: false, currency: 'USD', amount: 700n });
    const { id } = await payments.pay();
    await payments.rpc().refund({ paymentId: id, idempotencyKey: newId(), amount: 1_000n });
    const { text, exitCode } = await command();
    expect(exitCode).toBe(0);
    expect(text).toContain('4 payments compared: 4 agree, 0 mended, 0 differ, 0 could not be told');
    const book = { onHold: 0, captured: 10_000, refunded: 1_000 };
    expect((await report()).report.sums).toEqual([
      { provider: 'sandbox', currency: 'EUR', payments: 3, ledger: book, atProvider: book },
      {
        provider: 'sandbox',
        currency: 'USD',
        payments: 1,
        ledger: { onHold: 700, captured: 0, refunded: 0 },
        atProvider: { onHold: 700, captured: 0, refunded: 0 },
      },
    ]);
  });

  it('mends what can be mended, and says what it was', async () => {
    payments.sandbox.breakNext('authorize', 'crash');
    await payments.pay().catch(() => {});
    const { id } = await payments.pay({ capture: false });
    await knex()('sandbox_charge').where({ payment_id: id }).update({ state: 'captured', captured: 5_000 });

    const dry = await report('--dry-run');
    expect(dry.exitCode).toBe(1);
    expect(dry.report).toMatchObject({ mended: [], agreeing: 4, disagreeing: [{}, { paymentId: id }] });
    expect((await payments.read(id)).state).toBe('AUTHORIZED');

    const { text, exitCode } = await command();
    expect(exitCode).toBe(0);
    expect(text).toContain('6 payments compared: 4 agree, 2 mended, 0 differ, 0 could not be told');
    expect(text).toContain('was on hold: 5000 in the ledger, 0 at the provider');
    expect(text).toContain('was captured: 0 in the ledger, 5000 at the provider');
    expect((await payments.read(id)).state).toBe('CAPTURED');
    expect(await report()).toMatchObject({ exitCode: 0, report: { agreeing: 6, mended: [] } });
  });

  it('ends with 1 when they do not agree and nothing can be done about it', async () => {
    const { id } = await payments.pay();
    // Money that the ledger has and the provider does not: nobody can make that up.
    await knex()('sandbox_charge').where({ payment_id: id }).update({ captured: 4_000 });
    const { text, exitCode } = await command();
    expect(exitCode).toBe(1);
    expect(text).toContain('6 agree, 0 mended, 1 differ');
    expect(text).toContain('captured: 5000 in the ledger, 4000 at the provider');
    await knex()('sandbox_charge').where({ payment_id: id }).update({ captured: 5_000 });
    expect((await command()).exitCode).toBe(0);
  });

  it('ends with 1 when it cannot be told of a payment', async () => {
    const { id } = await payments.pay();
    await knex()('payment').where({ id }).update({ provider: 'stripe' });
    const { report: told, exitCode } = await report();
    expect(exitCode).toBe(1);
    expect(told.unknown).toMatchObject([
      { paymentId: id, atProvider: null, fault: expect.stringContaining('one of sandbox, found "stripe"') },
    ]);
    await knex()('payment').where({ id }).update({ provider: 'sandbox' });
  });

  it('looks at those alone that were started since a time', async () => {
    payments.clock.advance(24 * 3_600_000);
    const { id } = await payments.pay();
    const { report: told } = await report('--since', '2026-01-02');
    expect(told.compared).toBe(1);
    await knex()('sandbox_charge').where({ payment_id: id }).update({ captured: 1 });
    expect((await report('--since', '2026-01-03')).exitCode).toBe(0);
    expect((await report('--since', '2026-01-02T00:00:00Z')).exitCode).toBe(1);
    await knex()('sandbox_charge').where({ payment_id: id }).update({ captured: 5_000 });
  });

  it('goes through more payments than a page holds, each once', async () => {
    const { compared } = (await report()).report;
    const row = await knex()('payment').first();
    const many = Array.from({ length: 250 }, () => {
      const id = newId();
      return { ...row, id, idempotency_key: id, state: 'FAILED', captured: 0, refunded: 0 };
    });
    await knex().batchInsert('payment', many, 50);
    const { report: told, exitCode } = await report('--dry-run');
    expect(told).toMatchObject({ compared: compared + 250, agreeing: compared + 250 });
    expect(exitCode).toBe(0);
  });

  it.each([
    [['--since', 'yesterday'], '--since: expected a date such as 2026-01-31, found "yesterday"'],
    [['--mend'], "Unknown option '--mend'"],
  ])('refuses %j', async (args, message) => {
    await expect(command(...args)).rejects.toThrow(message);
  });
});

describe('as a program', () => {
  const run = async (args: string[]) => {
    const program = promisify(execFile);
    const script = ['tooling/run.mjs', 'subgraphs/payments/src/command.ts', ...args];
    const env = { PATH: processEnvironment().PATH ?? '', STOA_DATA_DIR: join(folder, 'program') };
    return program(process.execPath, script, { cwd: repositoryRoot(), env }).then(
      ({ stdout }) => ({ code: 0, output: stdout }),
      ({ code, stdout, stderr }) => ({ code, output: `${stdout}${stderr}` }),
    );
  };

  it('ends with its status, and with 2 when it cannot run', async () => {
    const payments = await openPayments(`sqlite:${join(folder, 'program', 'payments.sqlite')}`);
    const { id } = await payments.pay();
    await payments.subgraph.database.em
      .fork()
      .getKnex()('sandbox_charge')
      .where({ payment_id: id })
      .update({ captured: 1 });
    await payments.stop();
    expect(await run(['reconcile'])).toMatchObject({ code: 1, output: expect.stringContaining('1 differ') });
    expect(await run([])).toMatchObject({ code: 2, output: expect.stringContaining('--since') });
  }, 60_000);
});

describe('the database that it opens', () => {
  it.each([
    [{}, undefined],
    [{ DATABASE_URL: 'postgresql://u@db:5432/' }, 'postgresql://u@db:5432/stoa_payments'],
    [{ DATABASE_URL: 'postgresql://u@db/shop' }, 'postgresql://u@db/shop_payments'],
    [{ DATABASE_URL: 'sqlite:/elsewhere' }, undefined],
    [
      { DATABASE_URL: 'postgresql://u@db/shop', PAYMENTS_DATABASE_URL: 'postgresql://u@db/own' },
      'postgresql://u@db/own',
    ],
  ])('under %j is the one of npm start', (environment, url) => {
    expect(ownEnvironment(environment).DATABASE_URL).toBe(url);
  });
});
