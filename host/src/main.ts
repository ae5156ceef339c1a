import { processEnvironment, readHostConfig } from './config.ts';
import { failToStart } from './fail-to-start.ts';

/** `npm start`: the whole shop in one process. */
try {
  // Apollo's gateway reads this when it is loaded, so it is loaded after.
  const { disableGatewayTelemetry } = await import('@stoa/router/config');
  disableGatewayTelemetry();
  const { startShop } = await import('./start-shop.ts');
  const environment = processEnvironment();
  await startShop(readHostConfig(environment), environment);
} catch (error) {
  failToStart(error);
}
