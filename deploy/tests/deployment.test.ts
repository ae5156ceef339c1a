import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRegistry, repositoryRoot } from '@stoa/registry';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = repositoryRoot();
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const { subgraphs } = readRegistry();

interface Service {
  image?: string;
  build?: { context: string; dockerfile: string; args: { SERVICE: string } };
  environment?: Record<string, string>;
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
}
const compose = parse(text('docker-compose.yml'), { merge: true }) as { services: Record<string, Service> };
const ours = Object.entries(compose.services).filter(([, service]) => service.build !== undefined);
const composed = (name: string) => compose.services[name] as Service;
/** How a subgraph's name begins those of its variables: `GIFT_CARDS` for gift-cards. */
const variable = (name: string) => name.toUpperCase().replaceAll('-', '_');
const port = (address: string) => Number(new URL(address).port);

/** Every variable that a config file of the code reads, by name or by the forms made from a subgraph's name. */
function variablesOfTheCode(): (name: string) => boolean {
  const named = new Set<string>();
  for (const folder of ['packages', 'subgraphs', 'router', 'host']) {
    for (const path of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (path.includes('node_modules') || !/config[^/]*\.ts$/.test(path) || path.includes('.test.'))
        continue;
      for (const [name] of text(join(folder, path)).matchAll(/\b[A-Z][A-Z0-9]*(_[A-Z0-9]+)*\b/g))
        named.add(name);
    }
  }
  const made = new Set(
    subgraphs.flatMap(({ name }) => [`${variable(name)}_URL`, `${variable(name)}_RPC_URL`]),
  );
  return (name) => named.has(name) || made.has(name);
}

/** The subgraphs whose rpc contract the code of a subgraph imports. */
function calleesOf(name: string): string[] {
  const callees = new Set<string>();
  const sources = join('subgraphs', name, 'src');
  for (const path of readdirSync(join(root, sources), { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.ts')) continue;
    for (const [, callee = ''] of text(join(sources, path)).matchAll(/from '@stoa\/([a-z-]+)\/rpc'/g))
      callees.add(callee);
  }
  return [...callees];
}

describe('docker-compose.yml', () => {
  it('has the router, a service for each subgraph of rover.yaml, and what they stand on', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(
      ['router', ...subgraphs.map(({ name }) => name)].sort(),
    );
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['postgres', 'rabbitmq', 'redis']));
  });

  it.each(ours)('builds %s from a folder that can be started', (name, { build }) => {
    const folder = name === 'router' ? 'router' : `subgraphs/${name}`;
    expect(build?.args.SERVICE).toBe(folder);
    expect(existsSync(join(root, build?.dockerfile ?? ''))).toBe(true);
    expect(existsSync(join(root, folder, 'src', 'main.ts'))).toBe(true);
  });

  it.each(subgraphs)(
    'lets $name listen where rover.yaml and the router look for it',
    ({ name, routingUrl }) => {
      expect(Number(composed(name).environment?.PORT)).toBe(port(routingUrl));
      expect(composed('router').environment?.[`${variable(name)}_URL`]).toBe(
        `http://${name}:${port(routingUrl)}/graphql`,
      );
    },
  );

  it('lets services call each other where they listen for gRPC', () => {
    const addresses = ours
      .flatMap(([, { environment = {} }]) => Object.entries(environment))
      .filter(([key]) => key.endsWith('_RPC_URL'));
    expect(addresses.length).toBeGreaterThan(0);
    for (const [, address] of addresses) {
      const { hostname } = new URL(address);
      expect(composed(hostname).environment?.RPC_PORT).toBe(String(port(address)));
    }
  });

  it('gives each subgraph that calls another the address to call', () => {
    const calls = subgraphs.flatMap(({ name }) => calleesOf(name).map((callee) => [name, callee] as const));
    expect(calls).toContainEqual(['orders', 'payments']);
    for (const [name, callee] of calls) {
      expect(composed(name).environment, `${name} calls ${callee}`).toHaveProperty(
        `${variable(callee)}_RPC_URL`,
      );
    }
  });

  it('gives each subgraph that has events the RabbitMQ to send them to', () => {
    const withEvents = subgraphs.filter(({ name }) =>
      text(join('subgraphs', name, 'package.json')).includes('"@stoa/events"'),
    );
    expect(withEvents.length).toBeGreaterThan(0);
    const { RABBITMQ_DEFAULT_USER, RABBITMQ_DEFAULT_PASS } = composed('rabbitmq').environment ?? {};
    const [password] = /\$\{\w+/.exec(String(RABBITMQ_DEFAULT_PASS)) ?? [];
    for (const { name } of withEvents) {
      expect(composed(name).environment?.BROKER_URL, name).toBe(
        `amqp://${RABBITMQ_DEFAULT_USER}:${password}}@rabbitmq:5672`,
      );
      expect(composed(name).depends_on, name).toHaveProperty('rabbitmq');
    }
  });

  it.each(ours)('sets for %s only variables that the code reads', (_, { environment = {} }) => {
    const isRead = variablesOfTheCode();
    expect(Object.keys(environment).filter((name) => !isRead(name))).toEqual([]);
  });

  it('takes every secret from .env, and .env.example names them all', () => {
    const asked = [...text('docker-compose.yml').matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name);
    const explained = [...text('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((name) => !explained.includes(name))).toEqual([]);
    expect(text('docker-compose.yml')).not.toMatch(/(SECRET|PASSWORD|PASS): (?!\$\{)/);
  });

  it("opens no port to the outside but the router's", () => {
    const opened = Object.entries(compose.services).filter(([, service]) => service.ports !== undefined);
    expect(opened.map(([name, { ports }]) => [name, ports])).toEqual([['router', ['4000:4000']]]);
  });

  it('waits only for services that exist', () => {
    for (const { depends_on = {} } of Object.values(compose.services)) {
      for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty(name);
    }
  });
});

describe('deploy/Dockerfile', () => {
  const dockerfile = text('deploy/Dockerfile');

  it('has no fault that a linter finds', () => {
    expect(validate(dockerfile)).toEqual([]);
  });

  it('runs without rights of root, with production dependencies alone', () => {
    const final = dockerfile.slice(dockerfile.lastIndexOf('FROM '));
    expect(final).toMatch(/^USER node$/m);
    expect(final).toMatch(/^ENV NODE_ENV=production$/m);
    expect(dockerfile).toMatch(/^RUN npm prune --omit=dev/m);
  });

  it('is built on a Node that the project supports and that runs TypeScript', () => {
    const versions = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => Number(version));
    expect(versions.length).toBeGreaterThan(0);
    for (const version of versions) expect(version).toBeGreaterThanOrEqual(24);
  });

  it('copies nothing that .dockerignore needs to keep out', () => {
    const ignored = text('.dockerignore').split('\n');
    expect(ignored).toEqual(expect.arrayContaining(['.git', '.data', '**/node_modules']));
  });
});
