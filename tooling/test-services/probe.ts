import { connect } from 'node:net';

const defaultPorts: Readonly<Record<string, number>> = {
  postgres: 5432,
  postgresql: 5432,
  redis: 6379,
  amqp: 5672,
};

/** The host and port of a service's URL, without its credentials. */
export function addressOf(url: string): { host: string; port: number } {
  const { protocol, hostname, port } = new URL(url);
  // A URL writes an IPv6 address in brackets; a socket takes it without.
  const host = hostname.replace(/^\[(.*)\]$/, '$1') || '127.0.0.1';
  return { host, port: port === '' ? (defaultPorts[protocol.slice(0, -1)] ?? 0) : Number(port) };
}

/** Whether something accepts TCP connections at the URL's host and port. */
export function answers(url: string, timeoutMs = 1000): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...addressOf(url), timeout: timeoutMs });
    const settle = (outcome: boolean) => {
      socket.destroy();
      resolve(outcome);
    };
    socket.once('connect', () => settle(true));
    socket.once('timeout', () => settle(false));
    socket.once('error', () => settle(false));
  });
}
