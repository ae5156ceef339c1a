import type { NewSubgraph } from './new-subgraph.ts';

/** What `npm run new:subgraph` prints: what was made, and what to do next. */
export function describeNewSubgraph({ name, type, port, folder, made, changed }: NewSubgraph): string {
  const next: readonly (readonly [command: string, purpose: string])[] = [
    ['npm install', 'links it, generates its types, enters it in package-lock.json'],
    ['npm run compose', 'takes it into the supergraph'],
    ['npm run check', 'types, lint, boundaries'],
    [`npx vitest run ${folder} deploy`, 'its tests, and those of its deployment'],
    [`npm start -w @stoa/${name}`, 'starts it alone; npm start, the whole shop'],
  ];
  const width = Math.max(...next.map(([command]) => command.length));
  return [
    `Made ${folder} with the type ${type}, to answer at http://localhost:${port}/graphql:`,
    ...made.map((path) => `  ${path}`),
    `Added it to ${changed.join(' and ')}.`,
    '',
    'Next:',
    ...next.map(([command, purpose]) => `  ${command.padEnd(width)}   ${purpose}`),
    '',
    'Then make it yours: docs/add-a-subgraph.md',
  ].join('\n');
}
