import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** What tooling/test-services found before the first test; null where nothing answered. */
    services: {
      readonly postgresUrl: string | null;
      readonly redisUrl: string | null;
      readonly rabbitmqUrl: string | null;
    };
  }
}

/** The PostgreSQL of this test run (TEST_POSTGRES_URL), or null: `describe.skipIf(!postgresUrl())`. */
export function postgresUrl(): string | null {
  return inject('services').postgresUrl;
}

/** The Redis of this test run (TEST_REDIS_URL), or null. */
export function redisUrl(): string | null {
  return inject('services').redisUrl;
}

/** The RabbitMQ of this test run (TEST_RABBITMQ_URL), or null. */
export function rabbitmqUrl(): string | null {
  return inject('services').rabbitmqUrl;
}
