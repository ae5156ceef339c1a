import type { ConfigShape } from '@stoa/config';
import type { RpcContract } from '@stoa/rpc';
import { createSubgraph, type Subgraph, type SubgraphOptions } from './create-subgraph.ts';
import type { Calls, SubgraphDefinition } from './definition.ts';
import { groupOf, hasEvents } from './events.ts';

/** A subgraph that can be made: what a subgraph's `src/subgraph.ts` exports. */
export interface SubgraphModule {
  readonly name: string;
  readonly folder: URL;
  readonly contract: RpcContract | null;
  /** Whether it records events or consumes any, and so wants a broker. */
  readonly hasEvents: boolean;
  /** The names of its consumers at the broker: `orders.confirm-by-mail`. */
  readonly groups: readonly string[];
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
    hasEvents: hasEvents(definition),
    groups: (definition.consumers ?? []).map((consumer) => groupOf(definition.name, consumer)),
    create: (options) => createSubgraph(definition, options),
  };
}
