import type { ConfigShape } from '@stoa/config';
import type { RpcContract } from '@stoa/rpc';
import { createSubgraph, type Subgraph, type SubgraphOptions } from './create-subgraph.ts';
import type { Calls, SubgraphDefinition } from './definition.ts';

/** A subgraph that can be made: what a subgraph's `src/subgraph.ts` exports. */
export interface SubgraphModule {
  readonly name: string;
  readonly folder: URL;
  readonly contract: RpcContract | null;
  create(options: SubgraphOptions): Promise<Subgraph>;
}

/** Puts a subgraph together out of its parts; nothing is opened before `create`. */
export function defineSubgraph<const Shape extends ConfigShape, const C extends Calls, App, Context>(
  definition: SubgraphDefinition<Shape, C, App, Context>,
): SubgraphModule {
  return {
    name: definition.name,
    folder: definition.folder,
    contract: definition.rpc?.contract ?? null,
    create: (options) => createSubgraph(definition, options),
  };
}
