import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { repositoryRoot } from '@stoa/registry';
import { parse } from 'graphql';
import { startOnCore } from '../start.ts';
import { sdlOf, workloadNames } from './workload-subgraphs.ts';

/** Starts the subgraphs of the workload on core 1, does something with their supergraph in a file, and stops them. */
export async function withWorkload(
  folder: string,
  work: (supergraphFile: string) => Promise<void>,
): Promise<void> {
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

function compose(urls: Readonly<Record<string, string>>): string {
  const { supergraphSdl, errors } = composeServices(
    workloadNames.map((name) => ({ name, url: urls[name], typeDefs: parse(sdlOf(name)) })),
  );
  if (supergraphSdl === undefined) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return supergraphSdl;
}
