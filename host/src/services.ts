import { processEnvironment, readHostConfig } from './config.ts';
import { failToStart } from './fail-to-start.ts';
import { startServices } from './start-services.ts';

/** `npm run start:services`: the router and every subgraph, a process each. */
try {
  const environment = processEnvironment();
  await startServices(readHostConfig(environment), environment);
} catch (error) {
  failToStart(error);
}
