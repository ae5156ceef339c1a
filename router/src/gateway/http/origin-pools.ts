import { Pool } from 'undici';

/** Connections to the origins of subgraphs, one pool an origin: subgraphs behind one address share it. */
export interface OriginPools {
  acquire(origin: string, options: PoolOptions): HeldPool;
}

export interface PoolOptions {
  readonly connections: number;
  readonly http2: boolean;
  readonly connectTimeoutMs: number;
}

export interface HeldPool {
  readonly pool: Pool;
  /** The pool is closed when nobody holds it, after what is under way. */
  release(): Promise<void>;
}

/** How long a connection without requests is kept, unless the subgraph announces that it keeps it for a shorter time. */
const keepAliveMs = 30_000;

export function originPools(): OriginPools {
  const open = new Map<string, { readonly pool: Pool; holders: number }>();
  return {
    acquire(origin, { connections, http2, connectTimeoutMs }) {
      const key = `${origin} ${connections} ${http2}`;
      let held = open.get(key);
      if (held === undefined) {
        const pool = new Pool(origin, {
          connections,
          allowH2: http2,
          // Time is kept for each request as a whole.
          headersTimeout: 0,
          bodyTimeout: 0,
          keepAliveTimeout: keepAliveMs,
          connect: { timeout: connectTimeoutMs },
        });
        held = { pool, holders: 0 };
        open.set(key, held);
      }
      held.holders += 1;
      const own = held;
      let isReleased = false;
      return {
        pool: own.pool,
        async release() {
          if (isReleased) return;
          isReleased = true;
          own.holders -= 1;
          if (own.holders > 0) return;
          if (open.get(key) === own) open.delete(key);
          await own.pool.close();
        },
      };
    },
  };
}
