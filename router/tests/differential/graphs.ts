import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { loadFederation } from '../../src/engine/federation/load-federation.ts';
import { readSupergraph, type Supergraph } from '../../src/engine/supergraph.ts';
import { subgraphSchema } from './schemas.ts';
import type { GraphModel } from './shop-model.ts';

await loadFederation();

/** The supergraph of a model, composed and read. */
export function supergraphOf(model: GraphModel): Supergraph {
  const services = Array.from({ length: model.subgraphs }, (_, index) => ({
    name: `s${index}`,
    url: `http://s${index}`,
    typeDefs: parse(subgraphSchema(model, index)),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined)
    throw new Error(`graph ${model.seed}: ${errors?.map(({ message }) => message).join('\n')}`);
  return readSupergraph(supergraphSdl);
}

/** A subgraph without which the rest can be told: nobody else answers any of its fields. Null where there is none. */
export function separableSubgraph(model: GraphModel): number | null {
  const { entities, subgraphs, seed, interfaceObject } = model;
  const fields = entities.flatMap((entity) => entity.fields);
  const isSeparable = (subgraph: number) =>
    // The first alone finds what somebody knows by its interface.
    (subgraph !== 0 || interfaceObject === null) &&
    fields.every(
      ({ owners, overrides, isProvided }) =>
        !owners.includes(subgraph) || (owners.length === 1 && overrides === null && !isProvided),
    );
  const found = Array.from({ length: subgraphs }, (_, index) => (index + seed) % subgraphs).find(isSeparable);
  return found ?? null;
}
