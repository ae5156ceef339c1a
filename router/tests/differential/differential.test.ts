import { type DocumentNode, execute, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import type { SingleAnswerOperation } from '../../src/engine/operation/compiled-operation.ts';
import type { Supergraph } from '../../src/engine/supergraph.ts';
import { compileInPlace } from '../engine/compile-in-place.ts';
import { separableSubgraph, supergraphOf } from './graphs.ts';
import { generateOperation } from './operations.ts';
import { deferSome, gather } from './parts.ts';
import { subgraphServers, wholeServer } from './servers.ts';
import { graphModel } from './shop-model.ts';
import { graphs, operationsOfGraph } from './size.config.ts';

/** Of so many operations one is also run in parts, as that has to be planned once more. */
const deferredEvery = 4;

it.each(Array.from({ length: graphs }, (_, index) => index + 1))(
  'answers as one schema with all the data would: graph %i',
  async (seed) => {
    const model = graphModel(seed);
    const supergraph = supergraphOf(model);
    const whole = wholeServer(model);
    const ask = subgraphServers(model);
    const down = separableSubgraph(model);
    for (let index = 0; index < operationsOfGraph; index += 1) {
      const { text, variables } = generateOperation(model, index);
      const document = parse(text);
      if (validate(whole, document).length > 0) continue;
      const expected = await execute({ schema: whole, document, variableValues: variables });
      const operation = compile(supergraph, document);
      const answer = await operation.execute(variables, ask);
      const context = `graph ${seed}, operation ${index}: ${text} ${JSON.stringify(variables)}`;
      expect(plain(answer.data), context).toEqual(plain(expected.data));
      // Written as bytes it is the same, to the last character.
      const written = await operation.execute(variables, ask, true);
      expect(written.bytes?.toString() ?? `${JSON.stringify({ data: written.data })}\n`, context).toBe(
        `${JSON.stringify({ data: answer.data })}\n`,
      );
      expect(written.bytes === undefined, context).toBe((answer.errors ?? []).length > 0);
      const places = pathsOf(expected.errors);
      // Below what is null there may be more that went wrong than one server would have come to.
      const unexpected = pathsOf(answer.errors).filter(
        (place) => !places.includes(place) && !isBelowNull(answer.data, place),
      );
      expect(unexpected, context).toEqual([]);
      expect((answer.errors ?? []).length > 0, context).toBe((expected.errors ?? []).length > 0);

      if (down !== null) {
        const without = await execute({
          schema: wholeServer(model, down),
          document,
          variableValues: variables,
        });
        const left = await operation.execute(variables, subgraphServers(model, down));
        expect(plain(left.data), `without s${down}: ${context}`).toEqual(plain(without.data));
        expect((left.errors ?? []).length > 0, context).toBe((without.errors ?? []).length > 0);
      }
      // Where nothing fails and no null is passed up, parts come to the same as the whole.
      if (model.faults.throws === 0 && index % deferredEvery === 0) {
        const deferred = compile(supergraph, deferSome(document, index));
        const open = deferred.executeInParts(variables);
        if (open !== null)
          expect(await gather(open(ask)), `in parts: ${context}`).toEqual(plain(expected.data));
      }
    }
  },
  // A few graphs have operations that take the planner a quarter of a minute where nothing else runs.
  180_000,
);

function compile(supergraph: Supergraph, document: DocumentNode): SingleAnswerOperation {
  const operation = compileInPlace(supergraph, document);
  if (operation.kind === 'subscription') throw new Error('Expected a query');
  return operation;
}

function pathsOf(errors: readonly { readonly path?: readonly (string | number)[] }[] | undefined): string[] {
  return (errors ?? []).map(({ path }) => (path ?? []).join('.'));
}

function isBelowNull(data: unknown, place: string): boolean {
  let value = data;
  for (const key of place.split('.').slice(0, -1)) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string, unknown>)[key];
  }
  return value === null || value === undefined;
}

function plain(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data ?? null));
}
