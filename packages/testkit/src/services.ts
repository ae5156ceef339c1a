import { inject } from 'vitest';

declare module 'vitest' {
  /** What tooling/test-services found before the first test; null where nothing answered. */
  interface ProvidedContext {
    postgresUrl: string | null;
    redisUrl: string | null;
    rabbitmqUrl: string | null;
    /** Begins the name of every database that this run makes, so that the run can drop them at its end. */
    databasePrefix: string;
  }
}

/** The PostgreSQL of this test run (TEST_POSTGRES_URL), or null: `describe.skipIf(postgresUrl() === null)`. */
export function postgresUrl(): string | null {
  return inject('postgresUrl');
}

/** The Redis of this test run (TEST_REDIS_URL), or null. */
export function redisUrl(): string | null {
  return inject('redisUrl');
}

/** The RabbitMQ of this test run (TEST_RABBITMQ_URL), or null. */
export function rabbitmqUrl(): string | null {
  return inject('rabbitmqUrl');
}
