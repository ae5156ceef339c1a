import type { TestProject } from 'vitest/node';
import { testServicesConfig } from './config.ts';
import { findServices } from './find-services.ts';

/** Before the first test: what `postgresUrl()` and its like of @stoa/testkit will answer. */
export async function setup(project: TestProject): Promise<void> {
  const { postgresUrl, redisUrl, rabbitmqUrl } = await findServices(testServicesConfig(), console.warn);
  project.provide('postgresUrl', postgresUrl);
  project.provide('redisUrl', redisUrl);
  project.provide('rabbitmqUrl', rabbitmqUrl);
}
