import type { Shop } from '@stoa/host';
import { listen } from '@stoa/http';
import { createRouter, loadSupergraph, readRouterConfig, type SubgraphTransport } from '@stoa/router';
import { silentLogger } from '@stoa/telemetry';
import { httpClient, type Send } from './client.ts';
import { openShop } from './open-shop.ts';

/** Numbers by the name of a subgraph; those that were not asked are left out. */
export type BySubgraph = Readonly<Record<string, number>>;

/** What some work cost. */
export interface Counts {
  /** Requests of the router to a subgraph. */
  readonly requests: BySubgraph;
  /** SQL statements, those that begin and end transactions among them. */
  readonly statements: BySubgraph;
}

/** The whole shop in this process, behind a router that listens and counts. */
export interface CountedShop {
  readonly url: string;
  readonly send: Send;
  readonly subgraphs: Shop['subgraphs'];
  countsOf(work: () => Promise<unknown>): Promise<Counts>;
  close(): Promise<void>;
}

/** @param environment where its databases are, if not in a folder of its own */
export async function countedShop(environment: Record<string, string> = {}): Promise<CountedShop> {
  const settings = { ...environment, STOA_CONTEXT_SECRET: 'a secret between the router and its subgraphs' };
  const { shop, close } = await openShop(settings);
  let requests: Record<string, number> = {};
  const transportTo = (name: string): SubgraphTransport => {
    const subgraph = shop.subgraphs.find((one) => one.name === name);
    if (subgraph === undefined) throw new Error(`Expected a subgraph ${name}`);
    return {
      send(request, signedContext) {
        requests[name] = (requests[name] ?? 0) + 1;
        return subgraph.execute(request, signedContext);
      },
    };
  };
  const config = readRouterConfig({ NODE_ENV: 'test', ...settings });
  const router = await createRouter({
    config,
    supergraphSdl: loadSupergraph(config.supergraphFile),
    transportTo,
    fetchKeys: async () => ({ keys: [] }),
    logger: silentLogger,
  });
  const address = new URL(await listen(router.server, 0));
  const url = `http://localhost:${address.port}/graphql`;
  return {
    url,
    send: httpClient(url),
    subgraphs: shop.subgraphs,
    async countsOf(work) {
      requests = {};
      const statements: Record<string, number> = {};
      const listeners = shop.subgraphs.map(({ name, database }) => {
        const knex = database.em.getConnection().getKnex();
        const listener = () => {
          statements[name] = (statements[name] ?? 0) + 1;
        };
        knex.on('query', listener);
        return () => knex.removeListener('query', listener);
      });
      try {
        await work();
      } finally {
        for (const remove of listeners) remove();
      }
      return { requests, statements };
    },
    async close() {
      await router.stop();
      await close();
    },
  };
}
