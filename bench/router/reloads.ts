import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { load } from '../load.ts';
import { used } from '../process-tree.ts';
import { untilAnswering } from '../start.ts';
import type { GatewayUnderTest } from './gateways.ts';
import { withGateway } from './with-gateway.ts';
import { workloadQuery } from './workload-subgraphs.ts';

/** Writes the supergraph anew many times under load. Each has a field that the last one lacks, by which it is known to be served. */
export async function showReloads(
  gateway: GatewayUnderTest,
  supergraphFile: string,
  environment: Readonly<Record<string, string>>,
  times: number,
): Promise<void> {
  const sdl = readFileSync(supergraphFile, 'utf8');
  await withGateway(
    gateway,
    supergraphFile,
    { ...environment, SUPERGRAPH_POLL_MS: '10' },
    async (port, { pid }) => {
      const url = `http://127.0.0.1:${port}/graphql`;
      await untilAnswering(url, workloadQuery);
      let isOver = false;
      const totals = { requests: 0, failed: 0 };
      const loading = (async () => {
        while (!isOver) {
          const bodies = [workloadQuery];
          const { requests, failed } = await load({
            port,
            path: '/graphql',
            bodies,
            connections: 4,
            seconds: 1,
          });
          totals.requests += requests;
          totals.failed += failed;
        }
      })();
      const begun = performance.now();
      for (let time = 1; time <= times; time += 1) {
        const field = `reload${time}: String @join__field(graph: ACCOUNTS)`;
        writeFileSync(
          `${supergraphFile}.next`,
          sdl.replace(/type Query[^{]*\{/, (start) => `${start} ${field}`),
        );
        renameSync(`${supergraphFile}.next`, supergraphFile);
        await untilAnswering(url, JSON.stringify({ query: `{ reload${time} }` }));
        if (time % Math.max(1, Math.floor(times / 10)) === 0) {
          const { megabytes, peakMegabytes } = used(pid);
          const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
          console.log(
            `${time} reloads in ${seconds} s: ${totals.requests} requests, ${totals.failed} failed, ${megabytes.toFixed(0)} MB now, ${peakMegabytes.toFixed(0)} MB at the most`,
          );
        }
      }
      isOver = true;
      await loading;
      if (totals.failed > 0) throw new Error(`${totals.failed} of ${totals.requests} requests failed`);
    },
  );
  writeFileSync(supergraphFile, sdl);
}
