import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { httpClient } from '../../e2e/client.ts';
import { production, seedOwnShop, startOwnShop } from '../own-shop.ts';
import { freePort, type Started, untilAnswering } from '../start.ts';
import { untilIdle } from '../until-idle.ts';
import { loadCatalogue } from './load-catalogue.ts';
import { showProgress } from './progress.ts';
import { asStaff } from './staff.ts';

/** The demo shop: with fewer products no shop is made. */
export const smallest = 1_000;

const settings = {
  // A load may take longer than a token is good for by default.
  ACCESS_TOKEN_SECONDS: '86400',
  SHARE_SUBGRAPH_QUERIES: 'false',
};

/** How a shop was loaded: how many products it had after how many seconds, batch by batch. */
export interface LoadRecord {
  readonly points: (readonly [products: number, seconds: number])[];
}

export function keptFolder(): string {
  return join(repositoryRoot(), '.cache', 'bench-scale');
}

/**
 * The data folder of a shop of so many products, which later runs find in `.cache/bench-scale`. The first time it is made out of
 * the next smaller one that is kept; a load that was broken off is taken up where it ended.
 */
export async function keptShop(size: number): Promise<string> {
  const folder = folderOf(size);
  if (existsSync(folder)) return folder;
  mkdirSync(keptFolder(), { recursive: true });
  const making = `${folder}-unfinished`;
  if (size <= smallest) {
    rmSync(making, { recursive: true, force: true });
    await seedOwnShop(making);
  } else {
    if (!existsSync(making)) await copyShop(largestBelow(size), making);
    await grow(making, size);
  }
  renameSync(making, folder);
  return folder;
}

/** Removes a shop, and what there is of one that is not finished, so that it is loaded anew. */
export function forgetShop(size: number): void {
  for (const folder of [folderOf(size), `${folderOf(size)}-unfinished`])
    rmSync(folder, { recursive: true, force: true });
}

/** How a kept shop came to be; null for the demo shop. */
export function loadRecord(folder: string): LoadRecord | null {
  const file = join(folder, 'load.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** A shop that listens. */
export interface OpenShop {
  readonly port: number;
  readonly url: string;
  readonly started: Started;
}

/** Starts a shop on a folder, and waits until it answers. */
export async function openShop(folder: string): Promise<OpenShop> {
  const port = await freePort();
  const started = startOwnShop(folder, port, { environment: settings });
  const url = `http://127.0.0.1:${port}/graphql`;
  try {
    await untilAnswering(url, '{"query":"{__typename}"}');
  } catch (error) {
    await started.stop();
    throw error;
  }
  return { port, url, started };
}

/** A folder that is written to no more at once, as a shop has ended, is copied whole. */
async function copyShop(size: number, to: string): Promise<void> {
  const from = await keptShop(size);
  const half = `${to}-copied`;
  rmSync(half, { recursive: true, force: true });
  cpSync(from, half, { recursive: true });
  renameSync(half, to);
}

function folderOf(size: number): string {
  return join(keptFolder(), `shop-${size}`);
}

function largestBelow(size: number): number {
  const kept = readdirSync(keptFolder())
    .map((name) => Number(/^shop-(\d+)$/.exec(name)?.[1]))
    .filter((other) => other < size);
  return Math.max(smallest, ...kept);
}

async function grow(folder: string, size: number): Promise<void> {
  const { url, started } = await openShop(folder);
  try {
    const send = httpClient(url);
    const staff = await asStaff(send, { ...production, STOA_DATA_DIR: folder });
    const { data } = await staff('{ products(first: 1) { totalCount } }');
    const from = data.products.totalCount;
    const { points } = loadRecord(folder) ?? { points: [] };
    const earlier = points.at(-1)?.[1] ?? 0;
    const begun = performance.now();
    const progress = showProgress('products', size, from);
    const onBatch = (loaded: number) => {
      points.push([loaded, earlier + (performance.now() - begun) / 1_000]);
      writeFileSync(join(folder, 'load.json'), JSON.stringify({ points }));
    };
    await loadCatalogue(staff, { from, to: size, progress, onBatch });
    progress.end();
    await untilIdle(started.pid);
  } finally {
    await started.stop();
  }
}
