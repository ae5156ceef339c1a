import { describe, expect, it } from 'vitest';
import { type Chart, drawChart, roundNumbers } from './chart.ts';

const chart: Chart = {
  title: 'Pages <& more>',
  x: { label: 'products', scale: 'log', ticks: [1_000, 10_000, 100_000] },
  y: { label: 'pages a second' },
  series: [
    {
      name: 'product page',
      points: [
        [1_000, 400],
        [10_000, 400],
        [100_000, 0],
      ],
    },
  ],
};

/** The places of the points of the nth series. */
function pointsOf(svg: string, nth = 0): number[][] {
  const lines = [...svg.matchAll(/<polyline [^>]*points="([^"]*)"/g)].map(([, points]) => points ?? '');
  return (lines[nth] ?? '').split(' ').map((place) => place.split(',').map(Number));
}

describe('a chart', () => {
  it('puts powers of ten at equal distances on a log axis, and equal values at one height', () => {
    const [first = [], second = [], third = []] = pointsOf(drawChart(chart));
    const [x1 = 0, x2 = 0, x3 = 0] = [first[0], second[0], third[0]];
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0);
    expect(first[1]).toBe(second[1]);
  });

  it('has 0 at the foot of a linear axis, and what is more higher up', () => {
    const [first = [], , third = []] = pointsOf(drawChart(chart));
    expect(third[1]).toBe(364);
    expect(first[1]).toBeLessThan(364);
    expect(first[1]).toBeGreaterThanOrEqual(76);
  });

  it('names its axes, its series and its numbers, with what XML would misread written otherwise', () => {
    const svg = drawChart(chart);
    expect(svg).toContain('Pages &lt;&amp; more&gt;');
    for (const text of ['>products<', '>pages a second<', '>product page<', '>100,000<', '>400<'])
      expect(svg).toContain(text);
  });

  it('draws a line for each series', () => {
    const svg = drawChart({ ...chart, series: [...chart.series, { name: 'list', points: [[1_000, 100]] }] });
    expect(pointsOf(svg, 1)).toHaveLength(1);
  });

  it('has colours of its own for a dark ground', () => {
    expect(drawChart(chart)).toContain('@media (prefers-color-scheme: dark)');
  });

  it.each([
    ['without a point', { series: [] }, 'nothing to draw'],
    ['of nothing on a log axis', { y: { label: 'y', scale: 'log' } }, 'log axis'],
  ] as const)('is refused %s', (_, changes, message) => {
    expect(() => drawChart({ ...chart, ...changes })).toThrow(message);
  });
});

describe('round numbers', () => {
  it.each([
    [0, 447, [0, 100, 200, 300, 400, 500]],
    [0, 0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [1, 4, [1, 2, 3, 4]],
    [0, 36_000, [0, 10_000, 20_000, 30_000, 40_000]],
  ])('from %s to %s', (least, most, expected) => {
    expect(roundNumbers(least, most)).toEqual(expected);
  });
});
