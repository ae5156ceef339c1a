import type { HttpServer } from '@stoa/http';
import type { KeyStore } from './key-store.ts';

/** Shorter than any KEY_PUBLISH_AHEAD_SECONDS of sense, so that every cache learns of a key before it signs. */
const cacheSeconds = 60;

/** GET /.well-known/jwks.json: the keys by which anybody can verify an access token (RFC 7517). */
export function addJwksRoute(server: HttpServer, keys: KeyStore): void {
  server.get('/.well-known/jwks.json', async (_, reply) => {
    reply.header('cache-control', `public, max-age=${cacheSeconds}`);
    return { keys: await keys.published() };
  });
}
