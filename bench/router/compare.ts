import { isDeepStrictEqual } from 'node:util';
import type { LoadOptions } from '../load.ts';
import { type Measured, measure } from '../measure.ts';
import { untilAnswering } from '../start.ts';
import { printComparison, type Row } from './comparison-table.ts';
import type { GatewayUnderTest } from './gateways.ts';
import { middleBy } from './middle-by.ts';
import { withGateway } from './with-gateway.ts';

export interface Comparison extends Pick<LoadOptions, 'connections' | 'seconds' | 'warmSeconds' | 'bodies'> {
  readonly supergraphFile: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly rounds: number;
}

/**
 * Prints what each gateway comes to under the same load, one after another in each round: the middle one of its rounds.
 * @throws {Error} when one answers otherwise than the first, or not at all
 */
export async function compare(
  all: readonly GatewayUnderTest[],
  { supergraphFile, environment, rounds, ...load }: Comparison,
): Promise<void> {
  const rows: Row[] = [];
  let expected: readonly unknown[] | undefined;
  for (let round = 0; round < rounds; round += 1) {
    for (const gateway of all) {
      const answers = await withGateway(gateway, supergraphFile, environment, (port) =>
        answersOf(port, load.bodies),
      );
      expected ??= answers;
      const at = answers.findIndex((answer, index) => !isDeepStrictEqual(answer, expected?.[index]));
      if (at !== -1)
        throw new Error(`${gateway.title} answers otherwise than ${all[0]?.title}: ${load.bodies[at]}`);
      // Started anew, as a gateway whose clients have sent these operations before: ours has kept their plans.
      const measured = await withGateway(gateway, supergraphFile, environment, async (port, { pid }) => {
        await answersOf(port, load.bodies);
        return measureWhole(pid, { port, path: '/graphql', ...load }, gateway.title);
      });
      rows.push({ gateway, ...measured });
    }
  }
  printComparison(
    all.map((gateway) =>
      middleBy(
        rows.filter((row) => row.gateway === gateway),
        ({ cpuMs }) => cpuMs,
      ),
    ),
  );
}

/** What a gateway says to each body: data and errors alone, as who adds extensions has not answered otherwise. */
async function answersOf(port: number, bodies: readonly string[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (const body of bodies) {
    const answer = await untilAnswering(`http://127.0.0.1:${port}/graphql`, body);
    const { data, errors } = answer as { data?: unknown; errors?: unknown };
    answers.push({ data, errors });
  }
  return answers;
}

async function measureWhole(pid: number, load: LoadOptions, title: string): Promise<Measured> {
  const measured = await measure(pid, load);
  const { perSecond, failed } = measured.figures;
  if (failed > 0) throw new Error(`${title} failed ${failed} times`);
  console.error(`${title}: ${perSecond.toFixed(0)} a second`);
  return measured;
}
