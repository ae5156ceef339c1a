import { parseArgs } from 'node:util';
import { type Clock, newId, systemClock } from '@stoa/clock';
import { type Environment, readConfig } from '@stoa/config';
import { type EntityManager, openDatabase } from '@stoa/database';
import { Failure } from '@stoa/errors';
import { serviceContext } from '@stoa/identity';
import { readBaseConfig } from '@stoa/subgraph';
import { createLogger } from '@stoa/telemetry';
import { migrations } from '../../migrations/index.ts';
import { createBackground } from '../background.ts';
import { paymentsConfig } from '../config.ts';
import { entities } from '../entities.ts';
import { createOwnAddress } from '../providers/own-address.ts';
import { createProviders, providerFactories } from '../providers/providers.ts';
import { reconcileAll } from '../reconciliation/reconcile-all.ts';
import { describeReport, isAgreed, reportOf } from '../reconciliation/report.ts';
import type { PaymentsScope } from '../scope.ts';

export const usage = `npm run payments -- reconcile [--since 2026-01-31] [--json] [--dry-run]

Compares the ledger of every payment with what its provider has, and brings payments that differ in line with it.
Ends with 1 when they do not agree or that cannot be told.

  --since    only payments that were started then or later (a date, or a moment such as 2026-01-31T12:00:00Z)
  --json     the report as JSON
  --dry-run  compares and changes nothing`;

/** What a command has to say, and the status that it ends with. */
export interface CommandOutcome {
  readonly text: string;
  readonly exitCode: 0 | 1;
}

/**
 * The report of `npm run payments -- reconcile`. Works beside a shop that runs, and without one.
 * @throws {ConfigError | Failure | TypeError} when an argument or a variable is wrong or the database cannot be opened
 */
export async function reconcileCommand(
  args: string[],
  environment: Environment,
  clock: Clock = systemClock,
): Promise<CommandOutcome> {
  const { values } = parseArgs({
    args,
    options: {
      since: { type: 'string' },
      json: { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
    },
  });
  const options = { since: readSince(values.since), isMending: !values['dry-run'] };
  return withScope(environment, clock, async (scope) => {
    const report = await reportOf(reconcileAll(scope, options));
    const text = values.json ? JSON.stringify(report, null, 2) : describeReport(report);
    return { text, exitCode: isAgreed(report) ? 0 : 1 };
  });
}

function readSince(text: string | undefined): Date | null {
  if (text === undefined) return null;
  const since = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(since.getTime())) return since;
  throw new Failure(
    'bad-input',
    `--since: expected a date such as 2026-01-31, found ${JSON.stringify(text)}`,
  );
}

/** Opens what the service has open under the same environment, without starting it. */
async function withScope<Outcome>(
  environment: Environment,
  clock: Clock,
  work: (scope: PaymentsScope) => Promise<Outcome>,
): Promise<Outcome> {
  const base = readBaseConfig('payments', environment);
  const settings = readConfig('payments', paymentsConfig(Object.keys(providerFactories)), environment);
  const logger = createLogger({ name: 'payments', level: base.logLevel });
  const background = createBackground(logger);
  const database = await openDatabase({ url: base.databaseUrl, entities, migrations });
  try {
    const providers = await createProviders(providerFactories, settings.PAYMENT_PROVIDERS, base.production, {
      database,
      clock,
      newId,
      logger,
      settings,
      contextSecret: base.contextSecret,
      ownAddress: createOwnAddress(),
      background,
    });
    return await work({
      call: serviceContext('payments', newId()),
      em: database.em.fork() as EntityManager,
      clock,
      newId,
      logger,
      providers,
      settings,
    });
  } finally {
    await background.stop();
    await database.close();
  }
}
