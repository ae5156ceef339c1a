import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { testServicesConfig } from './config.ts';
import { findServices } from './find-services.ts';

let server: Server;
let listening: number;
let closed: number;

beforeEach(async () => {
  server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
  const other = createServer().listen(0, '127.0.0.1');
  await Promise.all([once(server, 'listening'), once(other, 'listening')]);
  listening = portOf(server);
  closed = portOf(other);
  other.close();
  await once(other, 'close');
});
afterEach(() => {
  server.close();
});

function portOf(of: Server): number {
  const address = of.address();
  if (address === null || typeof address === 'string') throw new Error('expected a TCP address');
  return address.port;
}

function config(require: '0' | '1') {
  return testServicesConfig({
    TEST_POSTGRES_URL: `postgres://shop:secret@127.0.0.1:${listening}/shop`,
    TEST_REDIS_URL: `redis://127.0.0.1:${closed}`,
    TEST_RABBITMQ_URL: `amqp://guest:secret@127.0.0.1:${closed}`,
    STOA_REQUIRE_SERVICES: require,
  });
}

describe('finding services', () => {
  test('gives the URL of what answers, and a line without credentials for each that does not', async () => {
    const lines: string[] = [];
    await expect(findServices(config('0'), (line) => lines.push(line))).resolves.toEqual({
      postgresUrl: `postgres://shop:secret@127.0.0.1:${listening}/shop`,
      redisUrl: null,
      rabbitmqUrl: null,
    });
    expect(lines).toEqual([
      `RabbitMQ does not answer at 127.0.0.1:${closed}: its tests are skipped`,
      `Redis does not answer at 127.0.0.1:${closed}: its tests are skipped`,
    ]);
  });

  test('fails when services are required and one does not answer', async () => {
    await expect(findServices(config('1'), () => {})).rejects.toThrow(
      `RabbitMQ does not answer at 127.0.0.1:${closed}; Redis does not answer at 127.0.0.1:${closed}: expected, as STOA_REQUIRE_SERVICES is 1`,
    );
  });
});

test('reports every malformed variable together', () => {
  expect(() => testServicesConfig({ TEST_REDIS_URL: 'here', STOA_REQUIRE_SERVICES: 'yes' })).toThrow(
    /STOA_REQUIRE_SERVICES: expected 0 or 1, found "yes"\n.*TEST_REDIS_URL: expected a URL such as redis:.*, found "here"/s,
  );
});

test.each(['postgresUrl', 'redisUrl', 'rabbitmqUrl'] as const)(
  'every test of the run is told %s, or null',
  (name) => {
    expect([null, testServicesConfig()[name]]).toContain(inject(name));
  },
);
