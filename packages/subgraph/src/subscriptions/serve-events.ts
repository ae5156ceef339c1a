import { Failure } from '@stoa/errors';
import {
  eventStreamType,
  type HttpReply,
  type HttpRequest,
  type HttpServer,
  sendEventStream,
} from '@stoa/http';
import { buffered } from '@stoa/streams';
import type { FormattedExecutionResult } from 'graphql';
import type { GraphQLRequestBody } from '../request-body.ts';

/** Answers, one an event, until nobody listens any more. */
export type OpenAnswers = (ended: AbortSignal) => AsyncIterable<FormattedExecutionResult>;

/** Answers subscriptions by the protocol GraphQL over SSE. */
export interface EventRoute {
  takes(request: HttpRequest): boolean;
  /** @param open throws what refuses the caller, which is told by an HTTP status */
  handle(
    request: HttpRequest,
    reply: HttpReply,
    open: (request: GraphQLRequestBody) => OpenAnswers,
  ): Promise<void>;
}

/** Answers that wait for a router that reads slowly. */
const mostWaiting = 1_000;
const heartbeatMs = 10_000;

/** All that is open ends when the server stops. */
export function eventRoute(server: HttpServer): EventRoute {
  const stopping = new AbortController();
  server.addHook('preClose', async () =>
    stopping.abort(new Failure('unavailable', 'The subgraph is stopping', { code: 'STREAM_ENDED_BY_STOP' })),
  );
  return {
    takes: ({ headers, method }) => method === 'POST' && (headers.accept ?? '').includes(eventStreamType),
    async handle(request, reply, open) {
      const answers = buffered({
        open: open(bodyOf(request.body)),
        most: mostWaiting,
        stop: stopping.signal,
        overflow: () =>
          new Failure('unavailable', 'The router reads too slowly', { code: 'STREAM_TOO_SLOW' }),
      });
      await sendEventStream(reply, answers, { heartbeatMs, failed });
    },
  };
}

function bodyOf(body: unknown): GraphQLRequestBody {
  if (typeof body === 'object' && body !== null && 'query' in body && typeof body.query === 'string')
    return body as GraphQLRequestBody;
  throw new Failure('bad-input', 'Expected a JSON object with "query"', { code: 'BAD_REQUEST' });
}

function failed(error: unknown): object {
  const { message, code } =
    error instanceof Failure ? error : new Failure('internal', 'Something went wrong on our side');
  return { errors: [{ message, extensions: { code } }] };
}
