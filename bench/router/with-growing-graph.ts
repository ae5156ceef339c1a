import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { startOnCore } from '../start.ts';
import type { ServedGraph } from './growing-graph.ts';

/** Starts the subgraphs of the growing graph on core 1, does something with their supergraph in a file, and stops them. */
export async function withGrowingGraph(
  folder: string,
  work: (supergraphFile: string, graph: ServedGraph) => Promise<void>,
): Promise<void> {
  const subgraphs = startOnCore(1, [
    join(repositoryRoot(), 'tooling/run.mjs'),
    join(import.meta.dirname, 'growing-subgraphs.ts'),
  ]);
  try {
    const graph = JSON.parse(await subgraphs.line) as ServedGraph;
    const supergraphFile = join(folder, 'growing.graphql');
    writeFileSync(supergraphFile, graph.supergraphSdl);
    await work(supergraphFile, graph);
  } finally {
    await subgraphs.stop();
  }
}
