import { readFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@stoa/telemetry';
import { expect, it, onTestFinished, vi } from 'vitest';
import { httpTransports } from '../../src/gateway/http/http-transports.ts';

/** Of a certificate that signs itself, for localhost and this test alone; it ends in a hundred years. */
const pem = (part: 'key' | 'cert') => readFileSync(new URL(`certificate/${part}.pem`, import.meta.url));

/** A subgraph behind TLS that speaks HTTP/2 and HTTP/1.1, and records in which it was asked. */
async function secureSubgraph() {
  const versions: string[] = [];
  const sessions = new Set<{ destroy(): void }>();
  const server = createSecureServer(
    { key: pem('key'), cert: pem('cert'), allowHTTP1: true },
    (asked, response) => {
      versions.push(asked.httpVersion);
      asked.resume();
      asked.on('end', () => response.writeHead(200).end('{"data":{"now":7}}'));
    },
  );
  server.on('session', (session) => sessions.add(session));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, versions };
}

it.each([
  ['over HTTP/2 where it is set', 'true', '2.0'],
  ['over HTTP/1.1 unless it is set', 'false', '1.1'],
])('asks a subgraph behind TLS %s', async (_, http2, version) => {
  // The certificate is of this test alone.
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => void vi.unstubAllEnvs());
  const subgraph = await secureSubgraph();
  const transport = httpTransports({ CLOCK_HTTP2: http2 }, silentLogger)('clock', subgraph.url);
  const ask = () => transport.send({ query: '{ now }' }, 'signed', 'r-1', { isQuery: true });
  await ask();
  for (const answer of await Promise.all([ask(), ask(), ask()])) expect(answer.data).toEqual({ now: 7 });
  expect(subgraph.versions).toEqual([version, version, version, version]);
  await transport.close?.();
});
