import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { eventLag, openBroker } from '@stoa/events';
import { silentLogger } from '@stoa/telemetry';
import { removeNames } from '../../e2e/remove-names.ts';
import { answers } from '../../tooling/test-services/probe.ts';
import { bareQueue } from './bare-queue.ts';
import { countEffects, createRecorder, openCounting, ownDatabase, underWay } from './counting.ts';

// `npm run bench:events -- [--events N] [--counters N] [--postgres URL] [--broker URL]`: takes events from the outbox by
// relay and RabbitMQ to the inbox and to their effect, in one process, and says how fast, and that none was lost. Ends
// with 1 when one was.
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    counters: { type: 'string', default: '1000' },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
    broker: { type: 'string', default: 'amqp://guest:guest@127.0.0.1:5672' },
  },
});
const events = Number(values.events);
for (const url of [values.postgres, values.broker]) {
  if (await answers(url)) continue;
  console.error(
    `Nothing answers at ${new URL(url).host}: expected PostgreSQL (--postgres) and RabbitMQ (--broker)`,
  );
  process.exit(1);
}
const recordedAtOnce = 100;
const tell = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`);

tell('bare publishing and consuming');
const bare = await bareQueue({ url: values.broker, events, batchSize: 500, prefetch: 250, bytes: 450 });

const prefix = `bench-${crypto.randomUUID().slice(0, 8)}.`;
const broker = await openBroker({ url: values.broker, prefix, prefetch: 250 }, silentLogger);
const own = ownDatabase(values.postgres);
const subgraph = await openCounting(own.url, broker);
const { database } = subgraph;
try {
  const recorder = createRecorder(database, Number(values.counters));
  const recording = await rate(events, async () => {
    while (recorder.recorded() < events) {
      await recorder.record(Math.min(recordedAtOnce, events - recorder.recorded()));
      tell(`recorded ${recorder.recorded()}`);
    }
  });
  // The relay and the receiver alone: the handlers begin when all is in the inbox.
  const relaying = await rate(events, async () => {
    await subgraph.work('relay-events');
    while (((await eventLag(database))?.consumers.get('count')?.count ?? 0) < events) await sleep(20);
  });
  tell('handling');
  const handling = await rate(events, async () => {
    subgraph.startWork();
    await handled(events);
  });

  // Once more, all at once, as events come in a shop.
  const together = await rate(events, async () => {
    while (recorder.recorded() < 2 * events) {
      await recorder.record(Math.min(recordedAtOnce, 2 * events - recorder.recorded()));
      tell(`recorded ${recorder.recorded() - events}`);
    }
    await handled(2 * events);
  });
  tell('');
  const row = (what: string, perSecond: number) =>
    `${what.padEnd(58)} ${Math.round(perSecond).toString().padStart(8)} ${`${Math.round((100 * perSecond) / bare)} %`.padStart(8)}`;
  console.log(
    [
      `${events} events of ${values.counters} aggregates          ${''.padEnd(18)}     a second  of bare`,
      row('publish and consume, the client library alone', bare),
      row(`record: outbox rows, ${recordedAtOnce} a transaction`, recording),
      row('relay: outbox to RabbitMQ to inbox', relaying),
      row('handle: a transaction each, with an effect in the database', handling),
      row('all at once', together),
    ].join('\n'),
  );
  const { lost, doubled, outOfOrder, dead } = await countEffects(database, recorder.recorded());
  console.log(
    `${recorder.recorded()} events: ${lost} lost, ${doubled} doubled, ${outOfOrder} out of order, ${dead} dead letters`,
  );
  if (lost + doubled + outOfOrder + dead > 0) process.exitCode = 1;

  async function handled(total: number) {
    for (;;) {
      const left = await underWay(database, total);
      if (left <= 0) return;
      tell(`${left} under way`);
      await sleep(100);
    }
  }
} finally {
  await subgraph.stop();
  await broker.close();
  await removeNames(values.broker, prefix, ['bench.count']);
  await own.drop();
}

/** Events a second. */
async function rate(count: number, work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return count / ((performance.now() - started) / 1_000);
}
