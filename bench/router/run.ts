import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { composeServices } from '@apollo/composition';
import { repositoryRoot } from '@stoa/registry';
import { parse } from 'graphql';
import { type GatewayUnderTest, gateways } from './gateways.ts';
import { type LoadFigures, load } from './load.ts';
import { installPeers } from './peers.ts';
import { type Used, used } from './process-tree.ts';
import { freePort, startOnCore, untilAnswering } from './start.ts';
import { sdlOf, workloadNames, workloadQuery } from './workload-subgraphs.ts';

// `npm run bench:router -- [--seconds N] [--rounds N] [--connections N] [--only TEXT]`: the workload through each gateway,
// one after another in each round, each on core 0; load and subgraphs are on core 1, where this program puts itself.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    warm: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
  },
});
const connections = Number(values.connections);

interface Row {
  readonly gateway: GatewayUnderTest;
  readonly figures: LoadFigures;
  readonly cpuMs: number;
  readonly used: Used;
}

const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-router-'));
const subgraphs = startOnCore(1, [
  join(repositoryRoot(), 'tooling/run.mjs'),
  join(import.meta.dirname, 'subgraphs.ts'),
]);
try {
  const supergraphFile = join(folder, 'supergraph.graphql');
  writeFileSync(supergraphFile, compose(JSON.parse(await subgraphs.line) as Record<string, string>));
  const wanted = values.only.split(',');
  const all = gateways(installPeers()).filter(({ title }) => wanted.some((text) => title.includes(text)));
  const rows: Row[] = [];
  let expected: unknown;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const gateway of all) {
      const { row, answer } = await measure(gateway, supergraphFile);
      expected ??= answer;
      if (!isDeepStrictEqual(answer, expected))
        throw new Error(`${gateway.title} answers otherwise than ${all[0]?.title}`);
      rows.push(row);
    }
  }
  print(all.map((gateway) => middle(rows.filter((row) => row.gateway === gateway))));
} finally {
  await subgraphs.stop();
  rmSync(folder, { recursive: true });
}

async function measure(
  gateway: GatewayUnderTest,
  supergraphFile: string,
): Promise<{ row: Row; answer: unknown }> {
  const port = await freePort();
  const started = startOnCore(0, gateway.command(supergraphFile, port), {
    environment: { STOA_DATA_DIR: folder, ...gateway.environment },
    folder: gateway.folder,
  });
  try {
    // From data alone: who adds extensions has not answered otherwise.
    const { data, errors } = (await untilAnswering(`http://127.0.0.1:${port}/graphql`, workloadQuery)) as {
      data?: unknown;
      errors?: unknown;
    };
    const send = (seconds: number) =>
      load({ port, path: '/graphql', bodies: [workloadQuery], connections, seconds });
    await send(Number(values.warm));
    const before = used(started.pid);
    const figures = await send(Number(values.seconds));
    const after = used(started.pid);
    if (figures.failed > 0) throw new Error(`${gateway.title} failed ${figures.failed} times`);
    const cpuMs = (after.cpuMs - before.cpuMs) / figures.requests;
    const row = { gateway, figures, cpuMs, used: after };
    console.error(`${gateway.title}: ${figures.perSecond.toFixed(0)} a second`);
    return { row, answer: { data, errors } };
  } finally {
    await started.stop();
  }
}

function compose(urls: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    workloadNames.map((name) => ({ name, url: urls[name], typeDefs: parse(sdlOf(name)) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}

/** The row of the middle rate. */
function middle(rows: readonly Row[]): Row {
  const sorted = [...rows].sort((a, b) => a.figures.perSecond - b.figures.perSecond);
  return sorted[Math.floor(sorted.length / 2)] as Row;
}

function print(rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  console.log(
    ['gateway', 'a second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio', 'peak MB'].map(cell).join(' '),
  );
  for (const { gateway, figures, cpuMs, used: memory } of rows) {
    const numbers = [
      figures.perSecond.toFixed(0),
      (figures.perSecond / first.figures.perSecond).toFixed(1),
      figures.p50Ms.toFixed(1),
      figures.p99Ms.toFixed(1),
      cpuMs.toFixed(2),
      (first.cpuMs / cpuMs).toFixed(1),
      memory.peakMegabytes.toFixed(0),
    ];
    console.log([gateway.title, ...numbers].map(cell).join(' '));
  }
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(42) : text.padStart(8);
}
