import { isDeepStrictEqual } from 'node:util';
import { parse } from 'graphql';
import { afterAll, expect, it } from 'vitest';
import { compileInPlace } from '../engine/compile-in-place.ts';
import { supergraphOf } from './graphs.ts';
import { generateOperation } from './operations.ts';
import { subgraphServers } from './servers.ts';
import { graphModel } from './shop-model.ts';
import { stockGateway } from './stock-gateway.ts';

const graphs = 12;
const operationsOfGraph = 10;

interface Compared {
  readonly text: string;
  readonly ours: Seen;
}

/** What a client sees of an answer: data, and where there are errors. */
interface Seen {
  readonly data: unknown;
  readonly places: readonly string[];
}

/**
 * Where the stock gateway answers otherwise. Which of the two is right is known from the one schema that holds all the
 * data (differential.test.ts): it is ours, each time.
 */
const differences: readonly { readonly name: string; readonly isOf: (compared: Compared) => boolean }[] = [
  {
    // federation#3036: it reads keys under the names that the client has given to something else.
    name: 'an alias hides a key',
    isOf: ({ text }) => /\bid: /.test(text),
  },
  {
    // What a subgraph calls by its interface takes the place of the type that another has told.
    name: 'a subgraph knows the interface as an object',
    isOf: ({ text }) => /\bthing\d|\brootOfObject\b/.test(text),
  },
  {
    // It loses the index of an entity that has no representation, and passes nulls up without an error of its own.
    name: 'something fails, or is null where it may not be',
    isOf: ({ ours }) => ours.places.length > 0,
  },
];
const met = new Set<string>();

it.each(Array.from({ length: graphs }, (_, index) => index + 1))(
  'answers as the stock gateway does, but for what that does wrong: graph %i',
  async (seed) => {
    const model = graphModel(seed);
    const supergraph = supergraphOf(model);
    const ask = subgraphServers(model);
    const stock = await stockGateway(supergraph.sdl, ask);
    for (let index = 0; index < operationsOfGraph; index += 1) {
      const { text, variables } = generateOperation(model, index);
      const document = parse(text);
      const operation = compileInPlace(supergraph, document);
      if (operation.kind === 'subscription') throw new Error('Expected a query');
      const ours = seen(await operation.execute(variables, ask));
      const theirs = seen(await stock.execute(document, text, variables));
      if (isDeepStrictEqual(ours, theirs)) continue;
      const classes = differences.filter(({ isOf }) => isOf({ text, ours })).map(({ name }) => name);
      for (const name of classes) met.add(name);
      // Without a class of its own a difference is shown.
      if (classes.length === 0) expect(ours, `graph ${seed}, operation ${index}: ${text}`).toEqual(theirs);
    }
    await stock.stop();
  },
);

afterAll(() => {
  // A class that nothing is of any more is to be taken off the list.
  expect([...met].sort()).toEqual(differences.map(({ name }) => name).sort());
});

function seen({
  data,
  errors,
}: {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly (string | number)[] }[];
}): Seen {
  const places = (errors ?? []).map(({ path }) => (path ?? []).join('.'));
  return { data: JSON.parse(JSON.stringify(data ?? null)), places: [...new Set(places)].sort() };
}
