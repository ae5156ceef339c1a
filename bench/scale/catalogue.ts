import { httpClient, type Send } from '../../e2e/client.ts';
import { measure } from '../measure.ts';
import { listPageDocument } from '../shop/list-page.ts';
import { productPageDocument } from '../shop/product-page.ts';
import { untilIdle } from '../until-idle.ts';
import { type Figure, figureOf, plotRates, printFigures, printRatio } from './figures.ts';
import { keptShop, openShop } from './kept-shops.ts';
import type { Options } from './options.ts';
import { slugOfNumber } from './product-inputs.ts';

/** Over the whole catalogue, so that most of what they read is read for the first time in a while. */
const slugCount = 1_000;

/** Pages of the list at its beginning, and as many at its end; the catalogue of 1,000 is all of them. */
const pageCount = 5;

/** How far these pages begin from each other: the most that a page may hold, as whoever leafs to the end would. */
const leaf = 100;

const sort = 'NAME_ASC';

/** How many times slower a page may be with the largest catalogue, or deep in it. */
const limit = 1.5;

/** Product page and list pages, with catalogues of several sizes. */
export async function measureCatalogue(sizes: readonly number[], options: Options): Promise<void> {
  const figures: Figure[] = [];
  for (const size of sizes) {
    const { port, url, started } = await openShop(await keptShop(size));
    try {
      for (const [series, bodies] of await pagesOf(httpClient(url), size)) {
        await untilIdle(started.pid);
        const measured = await measure(started.pid, { port, path: '/graphql', bodies, ...options });
        if (measured.figures.failed > 0) throw new Error(`${series} failed ${measured.figures.failed} times`);
        console.error(`${series}, ${size} products: ${measured.figures.perSecond.toFixed(1)} a second`);
        figures.push({ series, size, measured });
      }
    } finally {
      await started.stop();
    }
  }
  tell(sizes, figures);
}

function tell(sizes: readonly number[], figures: readonly Figure[]): void {
  printFigures('products', figures);
  const [least = 0, most = 0] = [sizes[0], sizes.at(-1)];
  for (const series of new Set(figures.map((figure) => figure.series))) {
    printRatio(
      `${series}, ${most} products beside ${least}`,
      figureOf(figures, series, least),
      figureOf(figures, series, most),
      limit,
    );
  }
  printRatio(
    `list page, deep beside first, ${most} products`,
    figureOf(figures, 'list page, first', most),
    figureOf(figures, 'list page, deep', most),
    limit,
  );
  plotRates(
    'catalogue',
    {
      title: 'Pages by the size of the catalogue',
      x: { label: 'products', scale: 'log' },
      y: { label: 'pages a second' },
    },
    figures,
  );
}

async function pagesOf(send: Send, size: number): Promise<readonly (readonly [string, readonly string[]])[]> {
  const cursors = await readCursors(send);
  const list = (places: readonly (string | null)[]) =>
    places.map((after) => JSON.stringify({ query: listPageDocument, variables: { after, sort } }));
  return [
    ['product page', slugsOf(size).map(productPageBody)],
    ['list page, first', list(cursors.slice(0, pageCount))],
    ['list page, deep', list(cursors.slice(-pageCount))],
  ];
}

export function productPageBody(slug: string): string {
  return JSON.stringify({ query: productPageDocument, variables: { slug } });
}

/** As many at each distance from the beginning, whatever the size. */
function slugsOf(size: number): readonly string[] {
  return Array.from({ length: slugCount }, (_, index) =>
    slugOfNumber(1 + Math.floor(((index + Math.random()) * size) / slugCount)),
  );
}

/** Where pages begin, from the first to the last, as whoever leafs through them learns it. */
async function readCursors(send: Send): Promise<readonly (string | null)[]> {
  const cursors: (string | null)[] = [null];
  for (;;) {
    const { data } = await send(
      `query ($after: String, $sort: ProductSort!) {
        products(first: ${leaf}, after: $after, sort: $sort) { pageInfo { hasNextPage endCursor } }
      }`,
      { after: cursors.at(-1), sort },
    );
    const { hasNextPage, endCursor } = data.products.pageInfo;
    if (!hasNextPage) return cursors;
    cursors.push(endCursor);
  }
}
