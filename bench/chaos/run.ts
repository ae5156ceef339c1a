import { parseArgs } from 'node:util';
import { answers } from '../../tooling/test-services/probe.ts';
import type { Proof } from './proof.ts';
import { brokerOutage } from './proofs/broker-outage.ts';
import { killing } from './proofs/kills.ts';
import { oversell } from './proofs/oversell.ts';
import { poison } from './proofs/poison.ts';
import { sameKey } from './proofs/same-key.ts';
import { randomSequences } from './proofs/sequences.ts';
import { webhooks } from './proofs/webhooks.ts';
import type { ShopPlace } from './shop-processes.ts';

// `npm run bench:chaos -- [proof …] [--kills N] [--outage SECONDS] [--sequences N] [--postgres URL] [--broker URL] [--one-process]`: breaks a shop of real
// processes on purpose and says whether its books still agree. Ends with 1 when they do not.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '200' },
    outage: { type: 'string', default: '60' },
    sequences: { type: 'string', default: '10000' },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
    broker: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
    'one-process': { type: 'boolean', default: false },
  },
});

const proofs: readonly Proof[] = [
  oversell,
  sameKey,
  webhooks,
  poison,
  killing(Number(values.kills)),
  brokerOutage(Number(values.outage) * 1_000),
  randomSequences(Number(values.sequences)),
];
const wanted = positionals.length === 0 ? proofs : proofs.filter(({ name }) => positionals.includes(name));
const unknown = positionals.filter((name) => !proofs.some((proof) => proof.name === name));
if (unknown.length > 0) {
  console.error(`Expected ${proofs.map(({ name }) => name).join(', ')}; found ${unknown.join(', ')}`);
  process.exit(1);
}

for (const place of await places()) {
  for (const proof of wanted) {
    const tell = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`);
    const { figures, violations } = await proof.run(place, tell);
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    console.log(
      `${violations.length === 0 ? 'held  ' : 'BROKEN'}  ${proof.name} (${nameOf(place)}): ${figures}`,
    );
    for (const violation of violations.slice(0, 20)) console.log(`        ${violation}`);
    if (violations.length > 0) process.exitCode = 1;
  }
}

async function places(): Promise<ShopPlace[]> {
  const oneProcess: ShopPlace = { postgresUrl: null };
  if (values['one-process']) return [oneProcess];
  if (await answers(values.postgres)) {
    const brokerUrl = (await answers(values.broker)) ? values.broker : undefined;
    return [oneProcess, { postgresUrl: values.postgres, brokerUrl }];
  }
  console.log('PostgreSQL does not answer: only the shop in one process is tried');
  return [oneProcess];
}

function nameOf({ postgresUrl, brokerUrl }: ShopPlace): string {
  if (postgresUrl === null) return 'one process, SQLite';
  return brokerUrl === undefined ? 'processes, PostgreSQL' : 'processes, PostgreSQL, RabbitMQ';
}
