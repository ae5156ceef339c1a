import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import type { Measured } from '../measure.ts';
import { type Chart, drawChart } from './chart.ts';
import { grouped } from './progress.ts';

/** What was measured of a series at one size. */
export interface Figure {
  readonly series: string;
  /** Products, orders, shoppers or instances. */
  readonly size: number;
  readonly measured: Measured;
}

const columns = ['a second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio'];

/**
 * Prints a line for each figure, with its rate and its processor time as multiples of those of the first of its series.
 * @param sizes what grows
 */
export function printFigures(sizes: string, figures: readonly Figure[]): void {
  console.log(`\n${line(['', sizes, ...columns])}`);
  for (const { series, size, measured } of figures) {
    const first = figures.find((figure) => figure.series === series)?.measured ?? measured;
    const { perSecond, p50Ms, p99Ms } = measured.figures;
    console.log(
      line([
        series,
        grouped(size),
        perSecond.toFixed(1),
        (perSecond / first.figures.perSecond).toFixed(2),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
        measured.cpuMs.toFixed(2),
        (measured.cpuMs / first.cpuMs).toFixed(2),
      ]),
    );
  }
}

function line([first = '', ...others]: readonly string[]): string {
  return [first.padEnd(34), ...others.map((cell) => cell.padStart(9))].join(' ');
}

/** Says of two figures how many times slower the other is, and whether that is within a limit. */
export function printRatio(what: string, one: Measured, other: Measured, limit: number): void {
  const slower = one.figures.perSecond / other.figures.perSecond;
  const dearer = other.cpuMs / one.cpuMs;
  const verdict = slower <= limit && dearer <= limit ? 'within' : 'OVER';
  console.log(
    `${what}: ${slower.toFixed(2)} times slower, ${dearer.toFixed(2)} times the processor time, ${verdict} ${limit}`,
  );
}

/** The figure of a series at a size. */
export function figureOf(figures: readonly Figure[], series: string, size: number): Measured {
  const found = figures.find((figure) => figure.series === series && figure.size === size);
  if (found === undefined) throw new Error(`There is no figure of ${series} at ${size}`);
  return found.measured;
}

/** Writes the rates as `figures/<name>.svg`, with a mark at each size. */
export function plotRates(name: string, chart: Omit<Chart, 'series'>, figures: readonly Figure[]): void {
  const sizes = [...new Set(figures.map(({ size }) => size))].sort((one, other) => one - other);
  writePlot(name, {
    ...chart,
    x: { ticks: sizes, ...chart.x },
    series: [...new Set(figures.map(({ series }) => series))].map((series) => ({
      name: series,
      points: figures
        .filter((figure) => figure.series === series)
        .map(({ size, measured }) => [size, measured.figures.perSecond] as const),
    })),
  });
}

/** Writes `figures/<name>.svg`. */
export function writePlot(name: string, chart: Chart): void {
  const file = join('bench', 'scale', 'figures', `${name}.svg`);
  writeFileSync(join(repositoryRoot(), file), drawChart(chart));
  console.log(`Written: ${file}`);
}
