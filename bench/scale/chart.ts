/** One axis of a chart. */
export interface Axis {
  /** With the unit: `products`, `orders a second`. */
  readonly label: string;
  /** `linear` when left out. */
  readonly scale?: 'linear' | 'log';
  /** Where it is marked; round numbers when left out. */
  readonly ticks?: readonly number[];
}

/** What is measured, at several places. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  /** A linear one begins at 0. */
  readonly y: Axis;
  readonly series: readonly Series[];
}

const width = 744;
const height = 420;
const plot = { left: 72, right: 48, top: 76, bottom: 56 };

/** Told apart by those who see colours otherwise (Okabe and Ito), light enough for a dark ground and dark enough for a light one. */
const colours = ['#0072b2', '#d55e00', '#009e73', '#b8609a', '#9a7d0a', '#4a8fc7'];

/** Beside the colours, so that a print in grey will do. */
const dashes = ['', '8 4', '2 4', '10 4 2 4', '5 2', '1 3'];

/**
 * Draws lines through points, as an SVG that shows on a light and on a dark ground.
 * @throws {Error} without a point, or when a log axis has to show 0 or less
 */
export function drawChart({ title, x, y, series }: Chart): string {
  const xs = series.flatMap(({ points }) => points.map(([value]) => value));
  const ys = series.flatMap(({ points }) => points.map(([, value]) => value));
  if (xs.length === 0) throw new Error(`There is nothing to draw: ${title}`);
  const across = fitted(x, xs, false, [plot.left, width - plot.right]);
  const up = fitted(y, ys, true, [height - plot.bottom, plot.top]);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    style,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text class="title" x="${plot.left}" y="26">${escaped(title)}</text>`,
    ...legend(series),
    ...up.ticks.map((tick) => horizontal(up.place(tick), numberText(tick))),
    ...across.ticks.map((tick) => vertical(across.place(tick), numberText(tick))),
    `<text class="label" text-anchor="middle" x="${(plot.left + width - plot.right) / 2}" y="${height - 12}">${escaped(x.label)}</text>`,
    `<text class="label" text-anchor="middle" transform="translate(18 ${(plot.top + height - plot.bottom) / 2}) rotate(-90)">${escaped(y.label)}</text>`,
    ...series.flatMap(({ points }, index) => line(points, index, across.place, up.place)),
    '</svg>',
    '',
  ].join('\n');
}

const style = `<style>
  svg { color-scheme: light dark; font-family: system-ui, sans-serif; font-size: 13px; }
  .ground { fill: #ffffff; } text { fill: #1f2328; } .title { font-size: 16px; font-weight: 600; }
  .grid { stroke: #d0d7de; } .label { fill: #59636e; }
  .line { fill: none; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; } .label { fill: #9198a1; }
    .line, .point { filter: brightness(1.3); }
  }
</style>`;

interface Fitted {
  readonly ticks: readonly number[];
  /** Where a value stands, in the units of the drawing. */
  readonly place: (value: number) => number;
}

function fitted(
  { scale = 'linear', ticks }: Axis,
  values: readonly number[],
  isFromZero: boolean,
  [start, end]: readonly [number, number],
): Fitted {
  const shown = [...values, ...(ticks ?? [])];
  const least = Math.min(...shown);
  const most = Math.max(...shown);
  if (scale === 'log' && least <= 0) throw new Error(`A log axis cannot show ${least}`);
  const marks = ticks ?? (scale === 'log' ? powers(least, most) : roundNumbers(isFromZero ? 0 : least, most));
  const onScale = (value: number) => (scale === 'log' ? Math.log10(value) : value);
  const from = onScale(Math.min(marks[0] ?? least, isFromZero && scale === 'linear' ? 0 : least));
  const to = onScale(Math.max(marks.at(-1) ?? most, most));
  const span = to - from || 1;
  return { ticks: marks, place: (value) => start + ((onScale(value) - from) / span) * (end - start) };
}

function powers(least: number, most: number): readonly number[] {
  const first = Math.floor(Math.log10(least));
  const last = Math.ceil(Math.log10(most));
  return Array.from({ length: last - first + 1 }, (_, index) => 10 ** (first + index));
}

/** About five steps of 1, 2 or 5 times a power of ten, from below the least to above the most. */
export function roundNumbers(least: number, most: number): readonly number[] {
  const rough = (most - least || most || 1) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(least / step);
  const last = Math.ceil(most / step);
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  );
}

function line(
  points: Series['points'],
  index: number,
  across: Fitted['place'],
  up: Fitted['place'],
): readonly string[] {
  const colour = colours[index % colours.length];
  const places = points.map(([x, y]) => [rounded(across(x)), rounded(up(y))] as const);
  const dash = dashes[index % dashes.length];
  return [
    `<polyline class="line" stroke="${colour}" stroke-dasharray="${dash}" points="${places.map((place) => place.join(',')).join(' ')}"/>`,
    // Of many points the line alone is shown.
    ...(places.length > 20
      ? []
      : places.map(([x, y]) => `<circle class="point" cx="${x}" cy="${y}" r="3.5" fill="${colour}"/>`)),
  ];
}

function legend(series: readonly Series[]): readonly string[] {
  let left = plot.left;
  return series.flatMap(({ name }, index) => {
    const at = left;
    left += 46 + name.length * 7;
    return [
      `<line class="line" stroke="${colours[index % colours.length]}" stroke-dasharray="${dashes[index % dashes.length]}" x1="${at}" x2="${at + 26}" y1="48" y2="48"/>`,
      `<text x="${at + 32}" y="52">${escaped(name)}</text>`,
    ];
  });
}

function horizontal(y: number, text: string): string {
  return `<line class="grid" x1="${plot.left}" x2="${width - plot.right}" y1="${rounded(y)}" y2="${rounded(y)}"/><text class="label" text-anchor="end" x="${plot.left - 8}" y="${rounded(y + 4)}">${text}</text>`;
}

function vertical(x: number, text: string): string {
  return `<line class="grid" x1="${rounded(x)}" x2="${rounded(x)}" y1="${plot.top}" y2="${height - plot.bottom}"/><text class="label" text-anchor="middle" x="${rounded(x)}" y="${height - plot.bottom + 18}">${text}</text>`;
}

function numberText(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
