import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { repositoryRoot } from '@stoa/registry';
import { parse } from 'graphql';
import { type Measured, measure } from '../measure.ts';
import { startOnCore, untilAnswering } from '../start.ts';
import { type GatewayUnderTest, gateways } from './gateways.ts';
import { showGrowth } from './growth.ts';
import { installPeers } from './peers.ts';
import { showReloads } from './reloads.ts';
import { withGateway } from './with-gateway.ts';
import { sdlOf, workloadNames, workloadQuery } from './workload-subgraphs.ts';

// `npm run bench:router -- [--seconds N] [--rounds N] [--connections N] [--only TEXT] [--growth] [--reloads N]`: the workload
// through each gateway, one after another in each round, each on core 0; load and subgraphs are on core 1.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    warm: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    growth: { type: 'boolean', default: false },
    reloads: { type: 'string' },
  },
});

interface Row extends Measured {
  readonly gateway: GatewayUnderTest;
}

const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-router-'));
const environment = { STOA_DATA_DIR: folder };
try {
  const wanted = values.only.split(',');
  const all = gateways(installPeers()).filter(({ title }) => wanted.some((text) => title.includes(text)));
  if (values.growth) await showGrowth(all, folder, Number(values.seconds));
  else await withWorkload((file) => (values.reloads === undefined ? compare(all, file) : reload(all, file)));
} finally {
  rmSync(folder, { recursive: true });
}

async function withWorkload(work: (supergraphFile: string) => Promise<void>): Promise<void> {
  const subgraphs = startOnCore(1, [
    join(repositoryRoot(), 'tooling/run.mjs'),
    join(import.meta.dirname, 'subgraphs.ts'),
  ]);
  try {
    const supergraphFile = join(folder, 'supergraph.graphql');
    writeFileSync(supergraphFile, compose(JSON.parse(await subgraphs.line) as Record<string, string>));
    await work(supergraphFile);
  } finally {
    await subgraphs.stop();
  }
}

async function reload(all: readonly GatewayUnderTest[], supergraphFile: string): Promise<void> {
  const ours = all.find(({ title }) => title === 'ours, subgraph queries shared');
  if (ours === undefined) throw new Error('Expected our router among the gateways');
  await showReloads(ours, supergraphFile, environment, Number(values.reloads));
}

async function compare(all: readonly GatewayUnderTest[], supergraphFile: string): Promise<void> {
  const rows: Row[] = [];
  let expected: unknown;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const gateway of all) {
      await withGateway(gateway, supergraphFile, environment, async (port, started) => {
        // Data and errors alone: who adds extensions has not answered otherwise.
        const { data, errors } = (await untilAnswering(
          `http://127.0.0.1:${port}/graphql`,
          workloadQuery,
        )) as {
          data?: unknown;
          errors?: unknown;
        };
        expected ??= { data, errors };
        if (!isDeepStrictEqual({ data, errors }, expected))
          throw new Error(`${gateway.title} answers otherwise than ${all[0]?.title}`);
        const measured = await measure(started.pid, {
          port,
          path: '/graphql',
          bodies: [workloadQuery],
          connections: Number(values.connections),
          seconds: Number(values.seconds),
          warmSeconds: Number(values.warm),
        });
        const { perSecond, failed } = measured.figures;
        if (failed > 0) throw new Error(`${gateway.title} failed ${failed} times`);
        console.error(`${gateway.title}: ${perSecond.toFixed(0)} a second`);
        rows.push({ gateway, ...measured });
      });
    }
  }
  print(all.map((gateway) => middle(rows.filter((row) => row.gateway === gateway))));
}

function compose(urls: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    workloadNames.map((name) => ({ name, url: urls[name], typeDefs: parse(sdlOf(name)) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** The row of the middle cost. */
function middle(rows: readonly Row[]): Row {
  const sorted = [...rows].sort((a, b) => a.cpuMs - b.cpuMs);
  return sorted[Math.floor(sorted.length / 2)] as Row;
}

function print(rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  console.log(
    ['gateway', 'a second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio', 'peak MB'].map(cell).join(' '),
  );
  for (const { gateway, figures, cpuMs, used } of rows) {
    const numbers = [
      figures.perSecond.toFixed(0),
      (figures.perSecond / first.figures.perSecond).toFixed(1),
      figures.p50Ms.toFixed(1),
      figures.p99Ms.toFixed(1),
      cpuMs.toFixed(2),
      (first.cpuMs / cpuMs).toFixed(1),
      used.peakMegabytes.toFixed(0),
    ];
    console.log([gateway.title, ...numbers].map(cell).join(' '));
  }
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(42) : text.padStart(8);
}
