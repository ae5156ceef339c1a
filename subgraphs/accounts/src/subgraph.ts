import { defineSubgraph, type SubgraphModule } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { calls, createApp, type Overrides, stopApp } from './app.ts';
import { shape } from './config.ts';
import { createContext } from './context.ts';
import { entities } from './entities.ts';
import { addJwksRoute } from './keys/jwks-route.ts';
import { resolvers } from './resolvers/index.ts';
import { accountsService } from './rpc/accounts-service.ts';
import { seed } from './seed.ts';

/** Accounts with parts replaced, for tests that watch a part at work. */
export function accountsWith(overrides: Overrides): SubgraphModule {
  return defineSubgraph({
    name: 'accounts',
    folder: new URL('..', import.meta.url),
    config: shape,
    entities,
    migrations,
    calls,
    app: (process) => createApp(process, overrides),
    stop: stopApp,
    context: createContext,
    resolvers,
    rpc: accountsService,
    rest: (server, { keys }) => addJwksRoute(server, keys),
    seed,
  });
}

export const accounts = accountsWith({});
