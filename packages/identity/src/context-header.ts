import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { Failure } from '@stoa/errors';
import jwt from 'jsonwebtoken';
import { LRUCache } from 'lru-cache';
import type { CallContext } from './call-context.ts';

/** The one header (and gRPC metadata key) by which identity travels inside the system. */
export const contextHeader = 'x-stoa-context';

/** The header by which a request is followed through the logs. */
export const requestIdHeader = 'x-request-id';

const issuer = 'stoa';
const audience = 'stoa:subgraphs';
const lifetimeSeconds = 60;

/**
 * The first part of every token (RFC 7515, 3.1). Tokens are signed by hand, as the router does so for each request and the
 * library's checks of its options cost several times the signature; reading them is left to the library.
 */
const protectedHeader = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/** Contexts that are known to be valid, by what was signed: in one process, each is read by several services. */
const verifiedContexts = new LRUCache<string, { secret: string; expiresAt: number; context: CallContext }>({
  max: 1_000,
});

/** How long a context that was signed is sent again as it is: it stays valid for the rest of its minute. */
const signedAgainAfterSeconds = 20;

const signedContexts = new WeakMap<CallContext, { secret: string; issuedAt: number; text: string }>();

/**
 * Signs a context for one hop (JWT, HS256, one minute).
 * @param secret shared by the router and the services, at least 32 characters
 */
export function signContext(context: CallContext, secret: string, validForSeconds = lifetimeSeconds): string {
  const issuedAt = Math.floor(Date.now() / 1_000);
  const known = signedContexts.get(context);
  const age = issuedAt - (known?.issuedAt ?? 0);
  if (
    known?.secret === secret &&
    age >= 0 &&
    age < signedAgainAfterSeconds &&
    validForSeconds === lifetimeSeconds
  )
    return known.text;
  const claims = { ctx: context, iat: issuedAt, exp: issuedAt + validForSeconds, aud: audience, iss: issuer };
  const signed = `${protectedHeader}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  const text = `${signed}.${createHmac('sha256', keyOf(secret)).update(signed).digest('base64url')}`;
  if (validForSeconds !== lifetimeSeconds) return text;
  signedContexts.set(context, { secret, issuedAt, text });
  // The services of this process need not check what it signed itself.
  verifiedContexts.set(text, { secret, expiresAt: claims.exp * 1_000, context });
  return text;
}

/**
 * Reads a signed context.
 * @throws {Failure} unauthenticated when it is missing, malformed, expired, or signed by somebody else
 */
export function verifyContext(header: string | undefined, secret: string): CallContext {
  if (header === undefined || header === '') {
    throw refuse(
      `Expected a signed ${contextHeader} header: a subgraph answers the router and its fellow services alone`,
    );
  }
  const known = verifiedContexts.get(header);
  if (known?.secret === secret && Date.now() < known.expiresAt) return known.context;
  let payload: unknown;
  try {
    payload = jwt.verify(header, keyOf(secret), { algorithms: ['HS256'], issuer, audience });
  } catch (error) {
    const reason =
      error instanceof jwt.TokenExpiredError ? 'it has expired' : 'its signature or form is wrong';
    throw refuse(`Expected a valid ${contextHeader} header, but ${reason}`);
  }
  const context =
    typeof payload === 'object' && payload !== null && 'ctx' in payload ? payload.ctx : undefined;
  if (!isCallContext(context)) throw refuse(`Expected a call context in the ${contextHeader} header`);
  const { exp } = payload as { exp?: number };
  if (exp !== undefined) verifiedContexts.set(header, { secret, expiresAt: exp * 1_000, context });
  return context;
}

const keys = new Map<string, KeyObject>();

/** A text would be tried as a private or public key first, in each call. There are as many as secrets: one, but for tests. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const key = createSecretKey(secret, 'utf8');
  keys.set(secret, key);
  return key;
}

function refuse(message: string): Failure {
  return new Failure('unauthenticated', message, { code: 'CONTEXT_REQUIRED' });
}

function isCallContext(value: unknown): value is CallContext {
  return (
    typeof value === 'object' &&
    value !== null &&
    'viewer' in value &&
    typeof value.viewer === 'object' &&
    value.viewer !== null &&
    'requestId' in value &&
    typeof value.requestId === 'string'
  );
}
