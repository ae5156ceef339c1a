import type { HttpServer } from '@stoa/http';

/** Where this process answers HTTP, once it listens. */
export interface OwnAddress {
  /** Without a slash at the end; null before it listens, and in a process that never does. */
  current(): string | null;
  /** Learns it from the server when that begins to listen. */
  learnFrom(server: HttpServer): void;
}

export function createOwnAddress(): OwnAddress {
  let address: string | null = null;
  return {
    current: () => address,
    learnFrom(server) {
      server.addHook('onListen', async () => {
        const bound = server.addresses().find((candidate) => typeof candidate === 'object');
        if (bound !== undefined) address = `http://localhost:${bound.port}`;
      });
    },
  };
}
