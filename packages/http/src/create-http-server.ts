import { Failure, httpStatusOf } from '@stoa/errors';
import type { Logger } from '@stoa/telemetry';
import fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import { closeUnusedConnections } from './close-unused-connections.ts';

export type HttpServer = FastifyInstance;
export type HttpRequest = FastifyRequest;
export type HttpReply = FastifyReply;

export interface HttpServerOptions {
  logger: Logger;
  /** Largest accepted body; larger ones get 413. */
  bodyLimitBytes: number;
  /** The proxies that are believed when they name the client's address in X-Forwarded-For: addresses, ranges, `loopback`, `uniquelocal`. None unless told. */
  trustedProxies?: readonly string[];
  /** Answers /health/ready: null when ready, else the reason why not. */
  notReadyBecause: () => string | null | Promise<string | null>;
}

/**
 * An HTTP server with what every part of the system has: /health/live, /health/ready,
 * a body limit, and errors in GraphQL's form (`{ errors: [{ message, extensions: { code } }] }`).
 */
export function createHttpServer({
  logger,
  bodyLimitBytes,
  trustedProxies = [],
  notReadyBecause,
}: HttpServerOptions): HttpServer {
  const server = fastify({
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: 'idle',
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  });

  closeUnusedConnections(server);
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_, reply) => {
    const reason = await notReadyBecause();
    return reason === null ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });

  server.setNotFoundHandler((request, reply) =>
    reply
      .code(404)
      .send(errorBody('NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0]}`)),
  );
  server.setErrorHandler((error: FastifyError | Failure, request, reply) => {
    const { status, code, message } = describe(error, bodyLimitBytes);
    if (status >= 500) logger.error({ event: 'http.failed', path: request.url.split('?')[0], err: error });
    return reply.code(status).send(errorBody(code, message));
  });
  return server;
}

function describe(error: FastifyError | Failure, bodyLimitBytes: number) {
  if (error instanceof Failure)
    return { status: httpStatusOf(error.kind), code: error.code, message: error.message };
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return {
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
      message: `The body is too large: expected at most ${bodyLimitBytes} bytes`,
    };
  }
  if (error instanceof SyntaxError || error.code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The body is not valid JSON: expected an object with "query"',
    };
  }
  if (error.code === 'FST_ERR_CTP_EMPTY_JSON_BODY') {
    return {
      status: 400,
      code: 'BAD_REQUEST',
      message: 'The body is empty: expected a JSON object with "query"',
    };
  }
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') {
    return { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', message: 'Expected content-type application/json' };
  }
  const status = error.statusCode ?? 500;
  return status < 500
    ? { status, code: error.code ?? 'BAD_REQUEST', message: error.message }
    : { status: 500, code: 'INTERNAL_SERVER_ERROR', message: 'Something went wrong on our side' };
}

function errorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}

/**
 * Opens the port.
 * @throws {Failure} unavailable when the port is taken or may not be opened, saying how to choose another
 */
export async function listen(server: HttpServer, port: number, settingName = 'PORT'): Promise<string> {
  try {
    return await server.listen({ port, host: '::' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL')
        return server.listen({ port, host: '0.0.0.0' });
      throw error;
    });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') {
      throw new Failure(
        'unavailable',
        `Port ${port} is in use: stop what listens there, or set ${settingName} to a free port`,
        {
          code: 'PORT_IN_USE',
        },
      );
    }
    if (code === 'EACCES') {
      throw new Failure(
        'unavailable',
        `Port ${port} may not be opened by this user: set ${settingName} to one above 1023`,
      );
    }
    throw error;
  }
}
