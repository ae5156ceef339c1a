import type { IncomingRequest, RouterContext } from '../identity/call-context.ts';

/** Who asks for a stream. */
export interface Identified {
  readonly context: RouterContext;
  /** When the right to ask ends; null when it does not. */
  readonly expiresAt: Date | null;
}

/**
 * @param gone given when the client has gone
 * @throws {GraphQLError} with the HTTP status of the refusal, as for any operation
 */
export type Identify = (request: IncomingRequest, gone: AbortSignal) => Promise<Identified>;

/** What streams are counted by: a user, or the address of a guest. */
export function callerKey({ call }: RouterContext): string {
  return call.viewer.kind === 'user' ? `user ${call.viewer.id}` : `address ${call.clientAddress}`;
}
