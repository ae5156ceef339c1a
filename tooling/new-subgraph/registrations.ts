import type { Registry } from '@stoa/registry';
import type { SubgraphNames } from './subgraph-names.ts';
import { addToMap } from './yaml-map.ts';

/** Where the first subgraph listens; the router has the port before. */
const firstPort = 4001;

/**
 * The port after the last one of the registry's.
 * @param composeText docker-compose.yml, whose ports are not taken twice
 */
export function nextFreePort(registry: Registry, composeText: string): number {
  const used = registry.subgraphs.map(({ routingUrl }) => Number(new URL(routingUrl).port));
  let port = Math.max(firstPort - 1, ...used) + 1;
  while (new RegExp(`\\b${port}\\b`).test(composeText)) port += 1;
  return port;
}

/** rover.yaml with the subgraph at its end. */
export function addToRegistry(text: string, { subgraph }: SubgraphNames, port: number): string {
  return addToMap(
    'rover.yaml',
    text,
    ['subgraphs'],
    `${subgraph}:
  routing_url: http://localhost:${port}/graphql
  schema:
    file: ./subgraphs/${subgraph}/schema.graphql
`,
  );
}

/** docker-compose.yml with a service of the subgraph, which the router knows of and waits for. */
export function addToCompose(
  text: string,
  { subgraph, variable, database }: SubgraphNames,
  port: number,
): string {
  const file = 'docker-compose.yml';
  const router = ['services', 'router'];
  const known = addToMap(
    file,
    text,
    [...router, 'environment'],
    `${variable}_URL: http://${subgraph}:${port}/graphql\n`,
  );
  const awaited = addToMap(
    file,
    known,
    [...router, 'depends_on'],
    `${subgraph}:\n  condition: service_healthy\n`,
  );
  return addToMap(
    file,
    awaited,
    ['services'],
    `${subgraph}:
  <<: *service
  build:
    context: .
    dockerfile: deploy/Dockerfile
    args:
      SERVICE: subgraphs/${subgraph}
  environment:
    <<: *environment
    PORT: "${port}"
    DATABASE_URL: postgresql://stoa:\${POSTGRES_PASSWORD}@postgres:5432/${database}
  healthcheck: *healthcheck
  depends_on:
    postgres:
      condition: service_healthy
`,
  );
}
