/** Who asks. `service` is another part of the system that acts on its own behalf, such as a worker. */
export interface Viewer {
  readonly kind: 'guest' | 'user' | 'service';
  /** The user's id, the service's name, or null for a guest. */
  readonly id: string | null;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly sessionId: string | null;
}

/** What travels with every call, from the router to a subgraph and from service to service. */
export interface CallContext {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The sales channel, `default` unless the client says otherwise. */
  readonly channel: string;
  /** ISO 4217, what prices are shown in. */
  readonly currency: string;
  /** BCP 47, what texts are shown in. */
  readonly locale: string;
  /** The network address of the client, as the router saw it; left out where no client asked. For limits of attempts, never for rights. */
  readonly clientAddress?: string;
}

export const guest: Viewer = { kind: 'guest', id: null, roles: [], scopes: [], sessionId: null };

/** The viewer of a part of the system that acts on its own behalf. */
export function service(name: string): Viewer {
  return { kind: 'service', id: name, roles: [], scopes: [], sessionId: null };
}

/** The context of a call that nobody asked for from outside: a worker's, a job's. */
export function serviceContext(name: string, requestId: string): CallContext {
  return { viewer: service(name), requestId, channel: 'default', currency: 'EUR', locale: 'en' };
}
