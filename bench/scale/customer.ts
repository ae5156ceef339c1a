import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { httpClient, type Send } from '../../e2e/client.ts';
import { measure } from '../measure.ts';
import { untilIdle } from '../until-idle.ts';
import { headersOf, shopWithCustomers } from './customers.ts';
import { type Figure, figureOf, plotRates, printFigures, printRatio } from './figures.ts';
import { openShop } from './kept-shops.ts';
import type { Options } from './options.ts';

const limit = 1.5;

const orderHistory = /* GraphQL */ `
  query OrderHistory($after: String) {
    me {
      orders(first: 20, after: $after) {
        nodes {
          id
          number
          state
          placedAt
          total {
            amount
            currency
          }
          lines {
            name
            quantity
          }
          paymentStatus
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`;

/** The order history of customers with few orders and with many. */
export async function measureCustomers(counts: readonly number[], options: Options): Promise<void> {
  const figures: Figure[] = [];
  // A sign-in writes; what is kept stays as it was.
  const folder = mkdtempSync(join(tmpdir(), 'stoa-bench-scale-'));
  cpSync(await shopWithCustomers(counts), folder, { recursive: true });
  const { port, url, started } = await openShop(folder);
  try {
    const send = httpClient(url);
    for (const count of counts) {
      const headers = await headersOf(folder, send, count);
      const cursors = await readCursors((query, variables) => send(query, variables, headers));
      const pages: [string, readonly (string | null)[]][] = [
        ['order history, first page', cursors.slice(0, 1)],
        ['order history, last page', cursors.slice(-1)],
      ];
      for (const [series, places] of pages) {
        const bodies = places.map((after) => JSON.stringify({ query: orderHistory, variables: { after } }));
        await untilIdle(started.pid);
        const measured = await measure(started.pid, { port, path: '/graphql', headers, bodies, ...options });
        if (measured.figures.failed > 0) throw new Error(`${series} failed ${measured.figures.failed} times`);
        console.error(`${series}, ${count} orders: ${measured.figures.perSecond.toFixed(1)} a second`);
        figures.push({ series, size: count, measured });
      }
    }
  } finally {
    await started.stop();
    rmSync(folder, { recursive: true });
  }
  tell(counts, figures);
}

function tell(counts: readonly number[], figures: readonly Figure[]): void {
  printFigures('orders', figures);
  const [least = 0, most = 0] = [counts[0], counts.at(-1)];
  printRatio(
    `order history, first page, ${most} orders beside ${least}`,
    figureOf(figures, 'order history, first page', least),
    figureOf(figures, 'order history, first page', most),
    limit,
  );
  printRatio(
    `order history, last page beside first, ${most} orders`,
    figureOf(figures, 'order history, first page', most),
    figureOf(figures, 'order history, last page', most),
    limit,
  );
  plotRates(
    'customer',
    {
      title: 'Order history of one customer, 20 orders a page',
      x: { label: 'orders of the customer', scale: 'log' },
      y: { label: 'pages a second' },
    },
    figures,
  );
}

/** Where pages of 20 begin; the last one may hold fewer. */
async function readCursors(send: Send): Promise<readonly (string | null)[]> {
  const cursors: (string | null)[] = [null];
  for (;;) {
    const { data } = await send(orderHistory, { after: cursors.at(-1) });
    const { hasNextPage, endCursor } = data.me.orders.pageInfo;
    if (!hasNextPage) return cursors;
    cursors.push(endCursor);
  }
}
