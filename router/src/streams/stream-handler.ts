import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { sendEventStream } from '@stoa/http';
import { buffered, type Stream } from '@stoa/streams';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouterContext } from '../identity/call-context.ts';
import { goneSignal } from '../identity/gone-signal.ts';
import { type AcceptedForms, acceptedForms } from './accepted-forms.ts';
import { deferredParts } from './deferred-parts.ts';
import { type Expiry, expiryOf } from './expiry.ts';
import type { StreamFormat } from './format-answers.ts';
import { guardStream } from './guard-stream.ts';
import { callerKey, type Identify } from './identified.ts';
import { sendMultipart } from './multipart.ts';
import { payloadParts } from './payload-parts.ts';
import { refuseForgery } from './refuse-forgery.ts';
import type { StreamCounter, StreamLimits } from './stream-limits.ts';
import type { StreamSlot } from './stream-slot.ts';

export interface StreamHandlerOptions {
  readonly apollo: ApolloServer<RouterContext>;
  readonly identify: Identify;
  readonly limits: StreamLimits;
  readonly counter: StreamCounter;
  readonly format: StreamFormat;
  /** Ends all streams, with its reason. */
  readonly stopping: AbortSignal;
}

/** Answers the requests of clients that read an answer in parts. */
export interface StreamHandler {
  takes(request: FastifyRequest): boolean;
  handle(request: FastifyRequest, reply: FastifyReply): Promise<void>;
}

/** What a request holds for as long as it is answered. */
interface Held {
  leave(): void;
  expiry: Expiry;
}

export function streamHandler(options: StreamHandlerOptions): StreamHandler {
  const { limits, format } = options;
  const isForStreams = ({ events, multipartEvents, multipartParts }: AcceptedForms) =>
    events || multipartEvents || multipartParts;
  return {
    takes: ({ headers }) => isForStreams(acceptedForms(headers.accept)),
    async handle(request, reply) {
      if (request.method === 'GET') refuseForgery(request.headers);
      const forms = acceptedForms(request.headers.accept);
      const slot: StreamSlot = {
        takes: {
          subscriptions: forms.events || forms.multipartEvents,
          mutations: request.method !== 'GET',
          deferred: forms.multipartParts,
        },
        opened: null,
      };
      const held: Held = { leave: () => {}, expiry: expiryOf(null) };
      try {
        const answer = await ask(options, request, reply, forms, slot, held);
        const { opened } = slot;
        if (opened === null) {
          await sendWhole(reply, answer, forms, options);
          return;
        }
        if ('parts' in opened) {
          await sendMultipart(reply, deferredParts(opened.parts, format), {
            parameter: 'deferSpec=20220824',
            heartbeat: null,
            heartbeatMs: limits.heartbeatMs,
          });
          return;
        }
        const stream = guardStream(opened, {
          buffered: limits.buffered,
          stops: [options.stopping, held.expiry.signal],
          format: format.answer,
        });
        await (forms.events
          ? sendEvents(reply, stream, options)
          : sendMultipart(reply, payloadParts(stream, format.failure), {
              parameter: 'subscriptionSpec="1.0"',
              heartbeat: {},
              heartbeatMs: limits.heartbeatMs,
            }));
      } finally {
        held.expiry.forget();
        held.leave();
      }
    },
  };
}

/** Runs the operation as ApolloServer runs any, with a slot for what it cannot answer. */
function ask(
  { apollo, identify, counter }: StreamHandlerOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  { events }: AcceptedForms,
  stream: StreamSlot,
  held: Held,
): Promise<HTTPGraphQLResponse> {
  return apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: 'POST',
      headers: new HeaderMap([
        ['content-type', 'application/json'],
        ['accept', events ? 'application/json' : (request.headers.accept ?? '')],
      ]),
      search: '',
      body: request.method === 'GET' ? bodyOfUrl(request.raw.url ?? '') : request.body,
    },
    async context() {
      const { context, expiresAt } = await identify(request, goneSignal(reply.raw));
      held.leave = counter.enter(callerKey(context));
      held.expiry = expiryOf(expiresAt);
      return { ...context, stream };
    },
  });
}

/** What could be answered in one piece. Whoever reads events gets it as the only one of them. */
async function sendWhole(
  reply: FastifyReply,
  { status = 200, headers, body }: HTTPGraphQLResponse,
  { events }: AcceptedForms,
  options: StreamHandlerOptions,
): Promise<void> {
  if (body.kind !== 'complete') throw new Error('Expected an answer in one piece of ApolloServer');
  // An operation that is not valid is told in an event, as browsers show pages no other body of a stream; but whoever
  // may not ask, or not now, gets a status that clients and proxies know.
  if (events && (status === 200 || status === 400)) {
    const answer = JSON.parse(body.string) as object;
    const one = buffered({
      async *open() {
        yield answer;
      },
      most: 1,
      stop: options.stopping,
      overflow: () => new Error('Expected one answer'),
    });
    await sendEvents(reply, one, options);
    return;
  }
  await reply.code(status).headers(Object.fromEntries(headers)).send(body.string);
}

function sendEvents(
  reply: FastifyReply,
  answers: Stream<object>,
  { limits, format }: StreamHandlerOptions,
): Promise<void> {
  return sendEventStream(reply, answers, {
    heartbeatMs: limits.heartbeatMs,
    failed: (error) => ({ errors: [format.failure(error)] }),
  });
}

/** A GET's parameters as the body that a POST would have; what is no JSON is left for ApolloServer to refuse. */
function bodyOfUrl(url: string): object {
  const { searchParams } = new URL(url, 'http://localhost');
  return Object.fromEntries(
    [...searchParams].map(([name, value]) => [
      name,
      name === 'variables' || name === 'extensions' ? parsed(value) : value,
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
