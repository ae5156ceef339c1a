import type { Measured } from '../measure.ts';
import type { ShopUnderTest } from './shop-under-test.ts';

export interface Row {
  readonly operation: string;
  readonly shop: ShopUnderTest;
  readonly measured: Measured;
}

/** Prints the middle of the rounds of each operation, each shop beside the first one. */
export function printTable(rows: readonly Row[], shops: readonly ShopUnderTest[]): void {
  if (rows.length === 0) return;
  const titles = ['operation', 'shop', 'a second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio', 'peak MB'];
  console.log(line(titles));
  for (const operation of new Set(rows.map((row) => row.operation))) {
    const middles = shops.map((shop) =>
      middle(rows.filter((row) => row.operation === operation && row.shop === shop)),
    );
    const [first] = middles;
    for (const { shop, measured } of middles) {
      const { figures, cpuMs, used } = measured;
      console.log(
        line([
          operation,
          shop.title,
          figures.perSecond.toFixed(1),
          (figures.perSecond / (first?.measured.figures.perSecond ?? 1)).toFixed(1),
          figures.p50Ms.toFixed(1),
          figures.p99Ms.toFixed(1),
          cpuMs.toFixed(2),
          ((first?.measured.cpuMs ?? 1) / cpuMs).toFixed(1),
          used.peakMegabytes.toFixed(0),
        ]),
      );
    }
  }
}

/** The row of the middle cost. */
function middle(rows: readonly Row[]): Row {
  const sorted = [...rows].sort((one, other) => one.measured.cpuMs - other.measured.cpuMs);
  return sorted[Math.floor(sorted.length / 2)] as Row;
}

/** A line of a table: two columns of text, then numbers. */
export function line(cells: readonly string[]): string {
  return cells
    .map((cell, column) =>
      column === 0 ? cell.padEnd(24) : column === 1 ? cell.padEnd(16) : cell.padStart(9),
    )
    .join(' ');
}
