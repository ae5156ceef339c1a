import { existsSync } from 'node:fs';
import type { Environment } from '@stoa/config';
import { listen, stopOnSignal } from '@stoa/http';
import { readRegistry } from '@stoa/registry';
import { createLogger } from '@stoa/telemetry';
import type { HostConfig } from './config.ts';
import { createShop } from './create-shop.ts';
import { welcome } from './welcome.ts';

/** Opens the shop, listens, and says so. */
export async function startShop(config: HostConfig, environment: Environment): Promise<void> {
  const registry = readRegistry();
  if (!existsSync(config.dataFolder))
    console.log(`First start: the demo shop is made in ${config.dataFolder} …`);
  const shop = await createShop({ registry, environment: withAddresses(environment, config.port) });
  await listen(shop.router.server, config.port).catch(async (error) => {
    await shop.stop();
    throw error;
  });
  for (const subgraph of shop.subgraphs) subgraph.startWork();
  stopOnSignal(() => shop.stop(), createLogger({ name: 'host', level: config.production ? 'info' : 'warn' }));

  const address = shop.router.server.server.address();
  const base = `http://localhost:${typeof address === 'object' ? address?.port : config.port}`;
  console.log(
    welcome({
      places: [
        ['GraphQL, Sandbox', `${base}/graphql`],
        ['GraphiQL (offline)', `${base}/graphiql`],
        ['Public keys', `${base}/.well-known/jwks.json`],
        ['Health', `${base}/health/ready`],
        ...shop.subgraphs.map(
          ({ name, database }) =>
            [name, `in this process, ${placeOf(database.config.get('dbName') ?? '')}`] as const,
        ),
      ],
      isSeeded: shop.subgraphs.some((subgraph) => subgraph.config.isSeeded),
      graphqlUrl: `${base}/graphql`,
    }),
  );
}

function placeOf(databaseName: string): string {
  return databaseName.includes('/') ? databaseName : `database ${databaseName}`;
}

/** Links that lead back to the shop, in mails and at the sandbox provider, lead to the port it was given. */
function withAddresses(environment: Environment, port: number): Environment {
  const address = `http://localhost:${port}`;
  return {
    ...environment,
    PUBLIC_URL: environment.PUBLIC_URL || address,
    PAYMENT_SANDBOX_URL: environment.PAYMENT_SANDBOX_URL || address,
  };
}
