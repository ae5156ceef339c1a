/** Where the tests look for the services that a cluster has and a laptop need not have. */
export interface TestServicesConfig {
  readonly postgresUrl: string;
  readonly redisUrl: string;
  readonly rabbitmqUrl: string;
  /** Whether a service that does not answer fails the run (STOA_REQUIRE_SERVICES=1), in place of skipping its tests. */
  readonly areRequired: boolean;
}

/** @throws {Error} naming every variable that is malformed */
export function testServicesConfig(environment = process.env): TestServicesConfig {
  const problems: string[] = [];
  const url = (name: string, fallback: string) => {
    const value = environment[name] || fallback;
    if (!URL.canParse(value))
      problems.push(`${name}: expected a URL such as ${fallback}, found ${JSON.stringify(value)}`);
    return value;
  };
  const required = environment.STOA_REQUIRE_SERVICES || '0';
  if (!['0', '1'].includes(required)) {
    problems.push(`STOA_REQUIRE_SERVICES: expected 0 or 1, found ${JSON.stringify(required)}`);
  }
  const config = {
    postgresUrl: url('TEST_POSTGRES_URL', 'postgres://postgres@127.0.0.1:5432/postgres'),
    redisUrl: url('TEST_REDIS_URL', 'redis://127.0.0.1:6379'),
    rabbitmqUrl: url('TEST_RABBITMQ_URL', 'amqp://guest:guest@127.0.0.1:5672'),
    areRequired: required === '1',
  };
  if (problems.length > 0)
    throw new Error(`The tests cannot start:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
  return config;
}
