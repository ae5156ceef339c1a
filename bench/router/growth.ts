import { measure } from '../measure.ts';
import { untilAnswering } from '../start.ts';
import type { GatewayUnderTest } from './gateways.ts';
import { growths } from './growing-graph.ts';
import { withGateway } from './with-gateway.ts';
import { withGrowingGraph } from './with-growing-graph.ts';

/** How the cost of a request grows with the size of one thing at a time. */
export async function showGrowth(
  all: readonly GatewayUnderTest[],
  folder: string,
  seconds: number,
): Promise<void> {
  await withGrowingGraph(folder, async (supergraphFile) => {
    for (const gateway of all) {
      await withGateway(gateway, supergraphFile, { STOA_DATA_DIR: folder }, async (port, started) => {
        console.log(`\n${gateway.title}`.padEnd(42), 'size  a second    p50 ms   CPU ms  memory MB');
        for (const [what, steps] of Object.entries(growths)) {
          for (const { size, bodies } of steps) {
            await untilAnswering(`http://127.0.0.1:${port}/graphql`, bodies[0] as string);
            const { figures, cpuMs, used } = await measure(started.pid, {
              port,
              path: '/graphql',
              bodies,
              connections: 4,
              seconds,
              warmSeconds: seconds / 2,
            });
            if (figures.failed > 0) throw new Error(`${gateway.title} failed ${figures.failed} times`);
            console.log(
              what.padEnd(38),
              String(size).padStart(6),
              figures.perSecond.toFixed(0).padStart(9),
              figures.p50Ms.toFixed(2).padStart(9),
              cpuMs.toFixed(2).padStart(8),
              used.megabytes.toFixed(0).padStart(9),
            );
          }
        }
      });
    }
  });
}
