import { untilAnswering } from '../start.ts';
import { type GatewayUnderTest, oursWithSubgraphs } from './gateways.ts';
import { type Asked, askInTurns } from './in-turns.ts';
import { middleBy } from './middle-by.ts';
import { withGateway } from './with-gateway.ts';
import { withGrowingGraph } from './with-growing-graph.ts';

interface Times {
  readonly seconds: number;
  readonly warmSeconds: number;
}

/** Medians, in milliseconds. */
interface Hop {
  readonly entities: number;
  readonly withoutMs: number;
  readonly withMs: number;
  /** The second subgraph asked straight; 0 for one that is called as a function. */
  readonly subgraphMs: number;
  readonly addedMs: number;
}

interface Row extends Hop {
  readonly title: string;
}

const sizes = [1, 10, 100];

/**
 * Prints what one hop to entities of a second subgraph adds to the p50 of a gateway that has nothing else to do, beyond
 * what the subgraph takes itself. The middle one of the rounds, in each of which gateways are started anew.
 */
export async function showHop(
  all: readonly GatewayUnderTest[],
  folder: string,
  { rounds, ...times }: Times & { readonly rounds: number },
): Promise<void> {
  const rows: Row[] = [];
  await withGrowingGraph(folder, async (supergraphFile, { urls }) => {
    const second = Number(new URL(urls['s1'] as string).port);
    for (let round = 0; round < rounds; round += 1) {
      for (const gateway of [...all, oursWithSubgraphs]) {
        await withGateway(gateway, supergraphFile, { STOA_DATA_DIR: folder }, async (port) => {
          const hops = await hopsThrough(port, gateway === oursWithSubgraphs ? undefined : second, times);
          rows.push(...hops.map((hop) => ({ title: gateway.title, ...hop })));
          console.error(`${gateway.title}: ${hops.map(({ addedMs }) => addedMs.toFixed(3)).join(', ')} ms`);
        });
      }
    }
  });
  printRows(rows);
}

/**
 * All sizes are asked in turns too: none of them is measured on a warmer gateway than another.
 * @param second the port of the second subgraph, when it has one
 */
async function hopsThrough(port: number, second: number | undefined, times: Times): Promise<Hop[]> {
  const asked = sizes.flatMap((entities): Asked[] => [
    { port, body: JSON.stringify({ query: `{ items(count: ${entities}) { id } }` }) },
    { port, body: withHop(entities) },
    ...(second === undefined ? [] : [{ port: second, body: entitiesQuery(entities) }]),
  ]);
  for (const entities of sizes) await assertHops(port, entities);
  const medians = await askInTurns(asked, times);
  const each = medians.length / sizes.length;
  return sizes.map((entities, at) => {
    const [withoutMs = 0, withMs = 0, subgraphMs = 0] = medians.slice(at * each, (at + 1) * each);
    return { entities, withoutMs, withMs, subgraphMs, addedMs: withMs - withoutMs - subgraphMs };
  });
}

const withHop = (entities: number) => JSON.stringify({ query: `{ items(count: ${entities}) { id f1 } }` });

/** Every entity has what only the second subgraph knows. */
async function assertHops(port: number, entities: number): Promise<void> {
  const answer = await untilAnswering(`http://127.0.0.1:${port}/graphql`, withHop(entities));
  const { data } = answer as { data?: { items?: readonly { f1?: unknown }[] } };
  const found = data?.items?.filter(({ f1 }) => typeof f1 === 'string').length;
  if (found !== entities) throw new Error(`Expected ${entities} entities, found ${JSON.stringify(answer)}`);
}

/** What gateways send to the second subgraph. */
function entitiesQuery(entities: number): string {
  return JSON.stringify({
    query: 'query($representations:[_Any!]!){_entities(representations:$representations){...on T0{f1}}}',
    variables: {
      representations: Array.from({ length: entities }, (_, at) => ({ __typename: 'T0', id: `${at}` })),
    },
  });
}

function printRows(rows: readonly Row[]): void {
  console.log(line(['gateway', 'entities', 'without', 'with hop', 'subgraph', 'added ms']));
  for (const entities of sizes)
    for (const title of new Set(rows.map((row) => row.title))) {
      const row = middleBy(
        rows.filter((one) => one.title === title && one.entities === entities),
        ({ addedMs }) => addedMs,
      );
      const times = [row.withoutMs, row.withMs, row.subgraphMs, row.addedMs];
      console.log(line([title, String(entities), ...times.map((ms) => ms.toFixed(3))]));
    }
}

function line(cells: readonly string[]): string {
  return cells.map((text, column) => (column === 0 ? text.padEnd(42) : text.padStart(9))).join(' ');
}
