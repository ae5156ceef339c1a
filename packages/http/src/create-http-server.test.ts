import { connect } from 'node:net';
import { Failure } from '@stoa/errors';
import { silentLogger } from '@stoa/telemetry';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpServer, type HttpServer, listen } from './index.ts';

const open: HttpServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));
function serve(reason: string | null = null): HttpServer {
  const server = createHttpServer({
    logger: silentLogger,
    bodyLimitBytes: 100,
    notReadyBecause: () => reason,
  });
  open.push(server);
  return server;
}

describe('an HTTP server', () => {
  it('is alive while it is not ready, and says why it is not', async () => {
    const server = serve('the database is away');
    expect((await server.inject('/health/live')).statusCode).toBe(200);
    const ready = await server.inject('/health/ready');
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toEqual({ status: 'not ready', reason: 'the database is away' });
  });

  it('answers a path that it does not know in the form of GraphQL errors', async () => {
    const response = await serve().inject('/nowhere?token=secret');
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({
      errors: [{ message: 'There is nothing at GET /nowhere', extensions: { code: 'NOT_FOUND' } }],
    });
  });

  it.each([
    [
      'a failure, by its kind',
      () => new Failure('conflict', 'Too late', { code: 'LATE' }),
      409,
      { message: 'Too late', extensions: { code: 'LATE' } },
    ],
    [
      'any other error, without its message',
      () => new Error('secret detail'),
      500,
      { message: 'Something went wrong on our side', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ],
  ])('tells %s', async (_, makeError, status, error) => {
    const server = serve();
    server.get('/fail', () => {
      throw makeError();
    });
    const response = await server.inject('/fail');
    expect(response.statusCode).toBe(status);
    expect(response.json()).toEqual({ errors: [error] });
  });

  it('closes while a connection is open that nothing was asked on', async () => {
    const server = serve();
    const { port } = new URL(await listen(server, 0));
    const accepted = new Promise((resolve) => server.server.once('connection', resolve));
    const socket = connect(Number(port), 'localhost');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    await accepted;
    await server.close();
    await closed;
  });

  it('says that a port is in use, and which setting chooses another', async () => {
    const first = serve();
    const port = Number(new URL(await listen(first, 0)).port);
    await expect(listen(serve(), port, 'ROUTER_PORT')).rejects.toThrow(
      `Port ${port} is in use: stop what listens there, or set ROUTER_PORT to a free port`,
    );
  });
});
