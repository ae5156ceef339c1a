import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { scriptArguments } from '../script-arguments.ts';

/** How a gateway is started. */
export interface GatewayUnderTest {
  readonly title: string;
  /** A group of those that share alike. */
  readonly sharing: 'nothing' | 'subgraph queries' | 'client queries';
  command(supergraphFile: string, port: number): readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Where it is run, for those that look for their packages there. */
  readonly folder?: string;
}

const runner = join(repositoryRoot(), 'tooling', 'run.mjs');
const secret = { STOA_CONTEXT_SECRET: 'a secret for this bench alone, long enough' };

/** @param peers the folder of the gateways that are not ours */
export function gateways(peers: string): readonly GatewayUnderTest[] {
  const hive = (title: string, sharing: 'off' | 'on', ...more: string[]): GatewayUnderTest => ({
    title,
    sharing: sharing === 'on' ? 'subgraph queries' : 'nothing',
    folder: peers,
    command: (file, port) => [
      join(peers, 'node_modules', '@graphql-hive', 'gateway', 'dist', 'bin.js'),
      'supergraph',
      file,
      '--port',
      String(port),
      '--fork',
      '1',
      ...(sharing === 'off' ? ['--config-path', join(peers, 'hive-without-sharing.mjs')] : []),
      ...more,
    ],
  });
  const ours = (
    title: string,
    sharing: GatewayUnderTest['sharing'],
    environment: Record<string, string>,
  ): GatewayUnderTest => ({
    title,
    sharing,
    environment: { ...secret, ...environment },
    folder: repositoryRoot(),
    command: (file, port) => [...scriptArguments('router'), '--supergraph', file, '--port', String(port)],
  });
  return [
    {
      title: 'stock: ApolloServer and @apollo/gateway',
      sharing: 'nothing',
      command: (file, port) => [runner, join(import.meta.dirname, 'gateways/stock.ts'), file, String(port)],
    },
    hive('Hive Gateway, no sharing', 'off'),
    hive('Hive Gateway', 'on'),
    hive('Hive Gateway, Rust planner, no sharing', 'off', '--hive-router-runtime'),
    hive('Hive Gateway, Rust planner', 'on', '--hive-router-runtime'),
    ours('ours, nothing shared', 'nothing', { SHARE_SUBGRAPH_QUERIES: 'false' }),
    ours('ours, subgraph queries shared', 'subgraph queries', {}),
    ours('ours, client queries shared too', 'client queries', { SHARE_CLIENT_QUERIES: 'true' }),
  ];
}

/** Our router with the subgraphs of the growing graph in its own process, called as functions. */
export const oursWithSubgraphs: GatewayUnderTest = {
  title: 'ours, subgraphs in its process',
  sharing: 'subgraph queries',
  environment: secret,
  command: (file, port) => [
    runner,
    join(import.meta.dirname, 'gateways/ours-with-subgraphs.ts'),
    file,
    String(port),
  ],
};
