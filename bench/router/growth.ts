import { type Measured, measure } from '../measure.ts';
import { untilAnswering } from '../start.ts';
import type { GatewayUnderTest } from './gateways.ts';
import { growths } from './growing-graph.ts';
import { warmUp } from './warm-up.ts';
import { withGateway } from './with-gateway.ts';
import { withGrowingGraph } from './with-growing-graph.ts';

interface Step {
  readonly what: string;
  readonly size: number;
  readonly bodies: readonly string[];
}

const steps: readonly Step[] = Object.entries(growths).flatMap(([what, sizes]) =>
  sizes.map((size) => ({ what, ...size })),
);
const connections = 4;
const path = '/graphql';

/**
 * How the cost of a request grows with the size of one thing at a time. Every step is gone through before the first is
 * counted, or those that come first would be counted on a colder gateway; and each operation is sent once more just before
 * its step is counted, as a later step may have driven its plan out.
 */
export async function showGrowth(
  all: readonly GatewayUnderTest[],
  folder: string,
  seconds: number,
): Promise<void> {
  await withGrowingGraph(folder, async (supergraphFile) => {
    for (const gateway of all) {
      await withGateway(gateway, supergraphFile, { STOA_DATA_DIR: folder }, async (port, { pid }) => {
        await untilAnswering(`http://127.0.0.1:${port}${path}`, steps[0]?.bodies[0] as string);
        for (const { bodies } of steps)
          await warmUp({ port, path, bodies: bodies.slice(0, 100), connections, seconds });
        console.log(`\n${gateway.title}`.padEnd(42), 'size  a second    p50 ms   CPU ms  memory MB');
        for (const { what, size, bodies } of steps) {
          await warmUp({ port, path, bodies, connections, seconds: seconds / 2 });
          const measured = await measure(pid, { port, path, bodies, connections, seconds });
          if (measured.figures.failed > 0)
            throw new Error(`${gateway.title} failed ${measured.figures.failed} times`);
          console.log(lineOf(what, size, measured));
        }
      });
    }
  });
}

function lineOf(what: string, size: number, { figures, cpuMs, used }: Measured): string {
  return [
    what.padEnd(38),
    String(size).padStart(6),
    figures.perSecond.toFixed(0).padStart(9),
    figures.p50Ms.toFixed(2).padStart(9),
    cpuMs.toFixed(2).padStart(8),
    used.megabytes.toFixed(0).padStart(9),
  ].join(' ');
}
