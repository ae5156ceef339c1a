import { createSecretKey, type KeyObject } from 'node:crypto';
import { Failure } from '@stoa/errors';
import jwt from 'jsonwebtoken';
import type { CallContext } from './call-context.ts';

/** The one header (and gRPC metadata key) by which identity travels inside the system. */
export const contextHeader = 'x-stoa-context';

/** The header by which a request is followed through the logs. */
export const requestIdHeader = 'x-request-id';

const issuer = 'stoa';
const audience = 'stoa:subgraphs';
const lifetimeSeconds = 60;

/**
 * Signs a context for one hop (JWT, HS256, one minute).
 * @param secret shared by the router and the services, at least 32 characters
 */
export function signContext(context: CallContext, secret: string, validForSeconds = lifetimeSeconds): string {
  return jwt.sign({ ctx: context }, keyOf(secret), {
    algorithm: 'HS256',
    issuer,
    audience,
    expiresIn: validForSeconds,
  });
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
  return context;
}

/** A text would be tried as a private or public key first, in each call. */
function keyOf(secret: string): KeyObject {
  return createSecretKey(secret, 'utf8');
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
