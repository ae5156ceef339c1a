import type { TestServicesConfig } from './config.ts';
import { addressOf, answers } from './probe.ts';

/** The URL of each service that answers; null for one that does not. */
export interface FoundServices {
  readonly postgresUrl: string | null;
  readonly redisUrl: string | null;
  readonly rabbitmqUrl: string | null;
}

/**
 * Looks for PostgreSQL, Redis and RabbitMQ.
 * @param say takes one line for each that does not answer
 * @throws {Error} naming those, when services are required
 */
export async function findServices(
  config: TestServicesConfig,
  say: (line: string) => void,
): Promise<FoundServices> {
  const missing: string[] = [];
  const find = async (name: string, url: string) => {
    if (await answers(url)) return url;
    const { host, port } = addressOf(url);
    missing.push(`${name} does not answer at ${host}:${port}`);
    return null;
  };
  const [postgresUrl, redisUrl, rabbitmqUrl] = await Promise.all([
    find('PostgreSQL', config.postgresUrl),
    find('Redis', config.redisUrl),
    find('RabbitMQ', config.rabbitmqUrl),
  ]);
  // They are found missing in any order.
  missing.sort();
  if (config.areRequired && missing.length > 0) {
    throw new Error(`${missing.join('; ')}: expected, as STOA_REQUIRE_SERVICES is 1`);
  }
  for (const line of missing) say(`${line}: its tests are skipped`);
  return { postgresUrl, redisUrl, rabbitmqUrl };
}
