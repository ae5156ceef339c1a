import {
  type CompiledOperations,
  type CompiledOperationsOptions,
  compiledOperations,
} from '../engine/operation/compiled-operations.ts';
import type { Planner } from '../engine/planning/planner.ts';
import type { Supergraph } from '../engine/supergraph.ts';
import type { GatewayOptions } from './gateway-options.ts';
import type { SubgraphTransport } from './transport.ts';

/** What a supergraph is answered with: plans, and ways to its subgraphs. */
export interface GraphInUse {
  readonly operations: CompiledOperations;
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
}

/** A supergraph that is served, from when it is loaded until the last request that began with it has ended. */
export interface ServedGraph {
  /** Tells it from every other. */
  readonly number: number;
  readonly supergraph: Supergraph;
  /** Does something with it. */
  use<Value>(work: (graph: GraphInUse) => Promise<Value>): Promise<Value>;
  /** Answers something in parts with it: a use from when the first is asked for until nobody wants another. */
  stream<Item>(open: (graph: GraphInUse) => AsyncIterable<Item>): AsyncIterable<Item>;
  /** Given when it is retired, with the reason: ends what would go on for as long as somebody listens. */
  readonly retired: AbortSignal;
  /**
   * Lets go of everything when the last use has ended. A request that was validated against it and comes late opens it again, for itself.
   * @param reason told to those who listen
   */
  retire(reason: Error): Promise<void>;
}

export interface ServedGraphOptions
  extends Pick<GatewayOptions, 'transportTo'>,
    Pick<CompiledOperationsOptions, 'onNotDeferred'> {
  readonly number: number;
  readonly supergraph: Supergraph;
  readonly planner: Planner;
  /** How much memory compiled operations may take, about. */
  readonly operationsBytes: number;
}

/** @throws {ConfigError} for settings of a subgraph that are wrong */
export function serveGraph({
  number,
  supergraph,
  transportTo,
  planner,
  operationsBytes,
  onNotDeferred,
}: ServedGraphOptions): ServedGraph {
  let open: (GraphInUse & { close(): Promise<void> }) | null = null;
  let uses = 0;
  const retired = new AbortController();

  const openNow = () => {
    const transports = new Map(supergraph.subgraphs.map(({ name, url }) => [name, transportTo(name, url)]));
    const graphPlanner = planner.open(supergraph);
    const operations = compiledOperations({
      supergraph,
      planner: graphPlanner,
      maxBytes: operationsBytes,
      onNotDeferred,
    });
    return {
      operations,
      transports,
      async close() {
        operations.clear();
        graphPlanner.close();
        await Promise.all([...transports.values()].map((transport) => transport.close?.()));
      },
    };
  };
  const closeIfDone = async () => {
    if (!retired.signal.aborted || uses > 0 || open === null) return;
    const closing = open;
    open = null;
    await closing.close();
  };

  const begin = () => {
    open ??= openNow();
    uses += 1;
    return open;
  };
  const end = async () => {
    uses -= 1;
    if (retired.signal.aborted) await closeIfDone();
  };

  open = openNow();
  return {
    number,
    supergraph,
    async use(work) {
      const graph = begin();
      try {
        return await work(graph);
      } finally {
        await end();
      }
    },
    async *stream(items) {
      const graph = begin();
      try {
        yield* items(graph);
      } finally {
        await end();
      }
    },
    retired: retired.signal,
    async retire(reason) {
      retired.abort(reason);
      await closeIfDone();
    },
  };
}
