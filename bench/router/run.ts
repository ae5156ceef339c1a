import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare } from './compare.ts';
import { type GatewayUnderTest, gateways } from './gateways.ts';
import { showGrowth } from './growth.ts';
import { showHop } from './hop.ts';
import { mixedOperations } from './mixed-operations.ts';
import { installPeers, peersFolder } from './peers.ts';
import { showReloads } from './reloads.ts';
import { withWorkload } from './with-workload.ts';
import { workloadQuery } from './workload-subgraphs.ts';

// `npm run bench:router -- [--seconds N] [--warm N] [--rounds N] [--connections N] [--only TEXT]
// [--mixed [--operations N] | --hop | --growth | --reloads N]`: the workload through each gateway, one after another in
// each round, each on core 0; load and subgraphs are on core 1.
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '10' },
    warm: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string' },
    mixed: { type: 'boolean', default: false },
    operations: { type: 'string', default: '40' },
    hop: { type: 'boolean', default: false },
    growth: { type: 'boolean', default: false },
    reloads: { type: 'string' },
  },
});
const times = { seconds: Number(values.seconds), warmSeconds: Number(values.warm) };
const rounds = Number(values.rounds);

const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-router-'));
const environment = { STOA_DATA_DIR: folder };
try {
  const all = wanted(
    values.only ?? (values.mixed ? 'stock,ours' : values.hop ? 'stock,subgraph queries' : ''),
  );
  if (values.growth) await showGrowth(all, folder, times.seconds);
  else if (values.hop) await showHop(all, folder, { ...times, rounds });
  else
    await withWorkload(folder, (file) =>
      values.reloads === undefined ? load(all, file) : reload(all, file),
    );
} finally {
  rmSync(folder, { recursive: true });
}

/** The gateways whose titles hold one of these texts; those that are not ours are installed when they are wanted. */
function wanted(texts: string): readonly GatewayUnderTest[] {
  const all = gateways(peersFolder).filter(({ title }) =>
    texts.split(',').some((text) => title.includes(text)),
  );
  if (all.some((gateway) => gateway.folder === peersFolder)) installPeers();
  return all;
}

async function load(all: readonly GatewayUnderTest[], supergraphFile: string): Promise<void> {
  const bodies = values.mixed ? mixedOperations(Number(values.operations)) : [workloadQuery];
  const connections = Number(values.connections);
  await compare(all, { supergraphFile, environment, rounds, bodies, connections, ...times });
}

async function reload(all: readonly GatewayUnderTest[], supergraphFile: string): Promise<void> {
  const ours = all.find(({ title }) => title === 'ours, subgraph queries shared');
  if (ours === undefined) throw new Error('Expected our router among the gateways');
  await showReloads(ours, supergraphFile, environment, Number(values.reloads));
}
