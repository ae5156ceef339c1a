import { composeServices } from '@apollo/composition';
import { execute, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { compileOperation } from '../../src/engine/operation/compile-operation.ts';
import { readSupergraph } from '../../src/engine/supergraph.ts';
import { generateOperation } from './operations.ts';
import { subgraphSchema } from './schemas.ts';
import { subgraphServers, wholeServer } from './servers.ts';
import { type GraphModel, graphModel } from './shop-model.ts';

const graphs = 100;
const operationsOfGraph = 20;

it.each(Array.from({ length: graphs }, (_, index) => index + 1))(
  'answers as one schema with all the data would: graph %i',
  async (seed) => {
    const model = graphModel(seed);
    const supergraph = readSupergraph(compose(model));
    const whole = wholeServer(model);
    const ask = subgraphServers(model);
    for (let index = 0; index < operationsOfGraph; index += 1) {
      const { text, variables } = generateOperation(model, index);
      const document = parse(text);
      if (validate(whole, document).length > 0) continue;
      const expected = await execute({ schema: whole, document, variableValues: variables });
      const operation = compileOperation(supergraph, document, undefined);
      const answer = await operation.execute(variables, ask);
      const context = `graph ${seed}, operation ${index}: ${text} ${JSON.stringify(variables)}`;
      expect(plain(answer.data), context).toEqual(plain(expected.data));
      // Written as bytes it is the same, to the last character.
      const written = await operation.execute(variables, ask, true);
      expect(written.bytes?.toString() ?? JSON.stringify(written.data), context).toBe(
        JSON.stringify(answer.data),
      );
      expect(written.bytes === undefined, context).toBe((answer.errors ?? []).length > 0);
      const places = pathsOf(expected.errors);
      // Below what is null there may be more that went wrong than one server would have come to.
      const unexpected = pathsOf(answer.errors).filter(
        (place) => !places.includes(place) && !isBelowNull(answer.data, place),
      );
      expect(unexpected, context).toEqual([]);
      expect((answer.errors ?? []).length > 0, context).toBe((expected.errors ?? []).length > 0);
    }
  },
);

function compose(model: GraphModel): string {
  const services = Array.from({ length: model.subgraphs }, (_, index) => ({
    name: `s${index}`,
    url: `http://s${index}`,
    typeDefs: parse(subgraphSchema(model, index)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new Error(`graph ${model.seed}: ${errors?.map(({ message }) => message).join('\n')}`);
  return supergraphSdl;
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
