import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { testServicesConfig } from './config.ts';
import { dropDatabases } from './drop-databases.ts';
import { findServices } from './find-services.ts';

/** Before the first test: what `postgresUrl()` and its like of @stoa/testkit will answer. After the last: their databases go. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { postgresUrl, redisUrl, rabbitmqUrl } = await findServices(testServicesConfig(), console.warn);
  const databasePrefix = `stoa_test_${randomBytes(4).toString('hex')}_`;
  project.provide('postgresUrl', postgresUrl);
  project.provide('redisUrl', redisUrl);
  project.provide('rabbitmqUrl', rabbitmqUrl);
  project.provide('databasePrefix', databasePrefix);
  return async () => {
    if (postgresUrl !== null) await dropDatabases(postgresUrl, databasePrefix);
  };
}
