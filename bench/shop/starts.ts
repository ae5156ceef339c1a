import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { httpClient } from '../../e2e/client.ts';
import { used } from '../process-tree.ts';
import { freePort, untilAnswering } from '../start.ts';
import type { Page } from './question.ts';
import type { ShopUnderTest } from './shop-under-test.ts';
import { line } from './table.ts';

export interface Starts {
  readonly shop: ShopUnderTest;
  /** From the start of the process to the whole answer of a page, shortest first. */
  readonly milliseconds: readonly number[];
  /** Of memory, some seconds after the last start. */
  readonly idleMegabytes: number;
}

const times = 5;

/** Starts each shop some times with its catalogue in place, and asks for the same page. */
export async function measureStarts(shops: readonly ShopUnderTest[], page: Page): Promise<readonly Starts[]> {
  const all: Starts[] = [];
  let expected: unknown;
  for (const shop of shops) {
    const question = shop.path === '/graphql' ? page.ours : page.peers;
    const milliseconds: number[] = [];
    let idleMegabytes = 0;
    for (let time = 0; time < times; time += 1) {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}${shop.path}`;
      const [body = ''] = await question.bodies(httpClient(url));
      const begun = performance.now();
      const started = await shop.start(port);
      try {
        const { data } = (await untilAnswering(url, body, 10)) as { data: unknown };
        milliseconds.push(performance.now() - begun);
        const answer = question.normalised(data);
        expected ??= answer;
        if (!isDeepStrictEqual(answer, expected)) throw new Error(`${shop.title} answers otherwise at first`);
        await sleep(5_000);
        idleMegabytes = used(started.pid).megabytes;
      } finally {
        await started.stop();
      }
    }
    milliseconds.sort((one, other) => one - other);
    all.push({ shop, milliseconds, idleMegabytes });
  }
  return all;
}

export function printStarts(all: readonly Starts[]): void {
  console.log(line(['cold start', 'shop', 'best ms', 'middle ms', 'ratio', 'idle MB']));
  const middleOf = (starts: Starts | undefined) => starts?.milliseconds[Math.floor(times / 2)] ?? Number.NaN;
  for (const starts of all) {
    const figures = [
      starts.milliseconds[0]?.toFixed(0) ?? '',
      middleOf(starts).toFixed(0),
      (middleOf(all[0]) / middleOf(starts)).toFixed(1),
      starts.idleMegabytes.toFixed(0),
    ];
    console.log(line(['', starts.shop.title, ...figures]));
  }
}
