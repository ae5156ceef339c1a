import type { Measured } from '../measure.ts';
import type { GatewayUnderTest } from './gateways.ts';

export interface Row extends Measured {
  readonly gateway: GatewayUnderTest;
}

/** Prints a line for each gateway, beside the first one. */
export function printComparison(rows: readonly Row[]): void {
  const [first] = rows;
  if (first === undefined) return;
  console.log(
    ['gateway', 'a second', 'ratio', 'p50 ms', 'p99 ms', 'CPU ms', 'ratio', 'peak MB'].map(cell).join(' '),
  );
  for (const { gateway, figures, cpuMs, used } of rows) {
    const numbers = [
      figures.perSecond.toFixed(0),
      (figures.perSecond / first.figures.perSecond).toFixed(1),
      figures.p50Ms.toFixed(1),
      figures.p99Ms.toFixed(1),
      cpuMs.toFixed(2),
      (first.cpuMs / cpuMs).toFixed(1),
      used.peakMegabytes.toFixed(0),
    ];
    console.log([gateway.title, ...numbers].map(cell).join(' '));
  }
}

function cell(text: string, column: number): string {
  return column === 0 ? text.padEnd(42) : text.padStart(8);
}
