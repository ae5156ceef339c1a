import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { launch, type Running } from '../../../e2e/processes.ts';
import { answers } from '../../../tooling/test-services/probe.ts';
import { countEffects, createRecorder, openCounting, ownDatabase, underWay } from '../../events/counting.ts';
import { hasRabbitMq, rabbitMqNode } from '../rabbitmq-node.ts';

// `npm run bench:broker -- [--rate N] [--broker-kills N] [--service-kills N] [--outage SECONDS] [--postgres URL]`: records
// events at a steady rate while a RabbitMQ of its own and two processes that relay and consume are killed over and over;
// at last RabbitMQ is away for a minute. Prints a line of figures and ends with 1 when an event was lost, doubled or out
// of order, or when recording had to wait.
const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    counters: { type: 'string', default: '200' },
    'broker-kills': { type: 'string', default: '10' },
    'service-kills': { type: 'string', default: '40' },
    outage: { type: 'string', default: '60' },
    postgres: { type: 'string', default: 'postgres://postgres@127.0.0.1:5432/postgres' },
  },
});
if (!hasRabbitMq() || !(await answers(values.postgres))) {
  console.log('Skipped: it takes a rabbitmq-server in the PATH and a PostgreSQL (--postgres)');
  process.exit(0);
}
const recordedAtOnce = 5;
const settleMs = 3_000;
/** Far above what a transaction takes, and far below what waiting for a broker that is away would. */
const longestRecordingMs = 5_000;
const catchUpWithinMs = 300_000;
const tell = (text: string) => process.stderr.isTTY && process.stderr.write(`\r\u001b[K${text}`);

const node = await rabbitMqNode();
const own = ownDatabase(values.postgres);
const services: Running[] = [];
const startService = async () => {
  const service = launch('bench/chaos/broker/service.ts', { DATABASE_URL: own.url, BROKER_URL: node.url });
  services.push(service);
  while (!service.output().includes('at work')) {
    if (service.process.exitCode !== null) throw new Error(`A service ended:\n${service.output()}`);
    await sleep(50);
  }
};
const killService = async () => {
  const service = services.shift();
  service?.process.kill('SIGKILL');
  await service?.exited;
};

tell('RabbitMQ starts');
await node.start();
const { database, stop } = await openCounting(own.url);
try {
  await Promise.all([startService(), startService()]);
  // What RabbitMQ knows of a queue is on disk only some time after it has declared it (docs/events.md).
  await sleep(settleMs);
  const recorder = createRecorder(database, Number(values.counters));
  const recordings = startRecording();

  const kills = { broker: Number(values['broker-kills']), service: Number(values['service-kills']) };
  for (let round = 0; round < Math.max(kills.broker, kills.service); round += 1) {
    tell(`round ${round + 1}: ${recorder.recorded()} recorded`);
    await sleep(Math.random() * 500);
    const isAlsoBroker = round % Math.max(1, Math.round(kills.service / Math.max(1, kills.broker))) === 0;
    if (isAlsoBroker && kills.broker > 0) {
      kills.broker -= 1;
      await node.kill();
      await sleep(Math.random() * 1_000);
      await node.start();
    }
    if (kills.service > 0) {
      await killService();
      await startService();
    }
  }

  tell(`RabbitMQ is away for ${values.outage} s`);
  const before = recorder.recorded();
  await node.kill();
  await sleep(Number(values.outage) * 1_000);
  const meanwhile = recorder.recorded() - before;
  await node.start();
  const slowestMs = await recordings.stop();

  const started = Date.now();
  for (;;) {
    const left = await underWay(database, recorder.recorded());
    tell(`${left} under way`);
    if (left <= 0 || Date.now() - started > catchUpWithinMs) break;
    await sleep(250);
  }
  const caughtUpMs = Date.now() - started;
  tell('');
  const { lost, doubled, outOfOrder, dead } = await countEffects(database, recorder.recorded());
  const isHeld = lost + doubled + outOfOrder + dead === 0 && slowestMs < longestRecordingMs;
  console.log(
    `${isHeld ? 'held  ' : 'BROKEN'}  broker: ${recorder.recorded()} events, ${values['broker-kills']} kills of RabbitMQ, ` +
      `${values['service-kills']} of services, ${meanwhile} recorded in ${values.outage} s without RabbitMQ; ` +
      `${lost} lost, ${doubled} doubled, ${outOfOrder} out of order, ${dead} dead letters; ` +
      `slowest recording ${Math.round(slowestMs)} ms, caught up in ${(caughtUpMs / 1_000).toFixed(1)} s`,
  );
  if (!isHeld) process.exitCode = 1;

  /** Records at the wanted rate until it is stopped; answers with what the slowest took. */
  function startRecording() {
    let isOpen = true;
    let slowest = 0;
    const run = async () => {
      while (isOpen) {
        const begun = performance.now();
        await recorder.record(recordedAtOnce);
        const took = performance.now() - begun;
        slowest = Math.max(slowest, took);
        await sleep(Math.max(0, (1_000 * recordedAtOnce) / Number(values.rate) - took));
      }
    };
    const ended = run();
    return {
      async stop() {
        isOpen = false;
        await ended;
        return slowest;
      },
    };
  }
} finally {
  for (const service of services) service.process.kill('SIGKILL');
  await Promise.all(services.map(({ exited }) => exited));
  await stop();
  await node.remove();
  await own.drop();
}
