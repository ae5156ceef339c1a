import type { TestProject } from 'vitest/node';
import { testServicesConfig } from './config.ts';
import { findServices } from './find-services.ts';

/** Before the first test: what `postgresUrl()` and its like of @stoa/testkit will answer. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('services', await findServices(testServicesConfig(), console.warn));
}
