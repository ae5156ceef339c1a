import type { ApolloServer, GraphQLRequest } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import { makeServer, type Server, type SubscribePayload } from 'graphql-ws';
import type { RouterContext } from '../identity/call-context.ts';
import { connectionHeaders } from './connection-headers.ts';
import { expiryOf } from './expiry.ts';
import type { StreamFormat } from './format-answers.ts';
import { guardStream } from './guard-stream.ts';
import { callerKey, type Identify } from './identified.ts';
import { closeCodes, type OpenSocket } from './open-socket.ts';
import { streamEnds } from './stream-ends.ts';
import type { StreamCounter, StreamLimits } from './stream-limits.ts';
import type { StreamSlot } from './stream-slot.ts';

export interface SocketProtocolOptions {
  readonly apollo: ApolloServer<RouterContext>;
  readonly identify: Identify;
  /**
   * Puts in the text of a trusted document that was asked for by id.
   * @throws {Failure} for what may not run
   */
  readonly resolve: (request: GraphQLRequest) => GraphQLRequest;
  readonly limits: StreamLimits;
  readonly counter: StreamCounter;
  readonly format: StreamFormat;
}

type Run = { readonly refused: readonly GraphQLFormattedError[] } | { readonly answers: object };

/** graphql-ws wants a document to execute; here the operation has run when it comes to that. */
const standIn = parse('{ __typename }');
const never = new AbortController().signal;

/** The protocol graphql-transport-ws, with the router behind it. */
export function socketProtocol(options: SocketProtocolOptions): Server<OpenSocket> {
  const { limits, format } = options;
  return makeServer<Record<string, unknown>, OpenSocket>({
    onConnect: ({ connectionParams, extra }) => connect(options, extra, connectionParams),
    async onSubscribe({ extra, subscriptions }, _, payload) {
      if (Object.keys(subscriptions).length > limits.mostOfSocket)
        return [asError(tooManyOperations(limits.mostOfSocket))];
      const run = await runOperation(options, extra, payload);
      return 'refused' in run
        ? run.refused.map(asError)
        : { schema: {} as never, document: standIn, rootValue: undefined, contextValue: run.answers };
    },
    execute: ({ contextValue }) => contextValue as never,
    // It was formatted with the rest of the answer.
    onNext: (_context, _id, _payload, _args, answer) => answer as never,
    onError: (_context, _id, _payload, errors) =>
      errors.map((error) => formatted.get(error) ?? format.failure(error.originalError ?? error)),
  });
}

/** Finds out who has opened a socket. @returns whether it may go on */
async function connect(
  { identify, counter, format }: SocketProtocolOptions,
  open: OpenSocket,
  parameters: Readonly<Record<string, unknown>> | undefined,
): Promise<boolean> {
  try {
    const headers = connectionHeaders(open.headers, parameters);
    const { context, expiresAt } = await identify({ headers, ip: open.ip }, open.closed);
    if (open.closed.aborted) return false;
    const leave = counter.enter(callerKey(context));
    const expiry = expiryOf(expiresAt);
    const expire = () => open.close(closeCodes.forbidden, streamEnds.expired().message);
    open.closed.addEventListener('abort', () => {
      leave();
      expiry.forget();
    });
    expiry.signal.addEventListener('abort', expire);
    open.context = context;
    return true;
  } catch (error) {
    const { message, extensions } = format.failure(error);
    const isFull = extensions?.code === 'TOO_MANY_STREAMS';
    open.close(isFull ? closeCodes.tryAgainLater : closeCodes.forbidden, message);
    return false;
  }
}

/** Runs an operation as ApolloServer runs any, with a slot for what it cannot answer. */
async function runOperation(
  { apollo, resolve, limits, format }: SocketProtocolOptions,
  open: OpenSocket,
  { query, variables, operationName, extensions, ...ids }: SubscribePayload,
): Promise<Run> {
  if (open.context === null) throw new Error('Expected a socket that was acknowledged');
  const stream: StreamSlot = {
    takes: { subscriptions: true, mutations: true, deferred: false },
    opened: null,
  };
  let request: GraphQLRequest;
  try {
    request = resolve({
      ...ids,
      query,
      variables: variables ?? undefined,
      operationName: operationName ?? undefined,
      extensions: extensions ?? undefined,
    });
  } catch (error) {
    return { refused: [format.failure(error)] };
  }
  const { body } = await apollo.executeOperation(request, { contextValue: { ...open.context, stream } });
  const { opened } = stream;
  if (opened !== null && 'open' in opened) {
    closeAtReload(open, opened.until);
    const guarded = { open: opened.open, until: never };
    return {
      answers: guardStream(guarded, { buffered: limits.buffered, stops: [], format: format.answer }),
    };
  }
  if (body.kind !== 'single') throw new Error('Expected an answer in one piece of ApolloServer');
  const { data, errors } = body.singleResult;
  return data === undefined && errors !== undefined ? { refused: errors } : { answers: body.singleResult };
}

/** Clients open all that they had on a socket again when it closes so: they need not be told for each operation. */
function closeAtReload(open: OpenSocket, until: AbortSignal): void {
  const close = () => open.close(closeCodes.serviceRestart, streamEnds.reloaded().message);
  if (until.aborted) close();
  // The same signal as for other operations on the socket, mostly, and then the same listener would do.
  else until.addEventListener('abort', close, { signal: open.closed });
}

/** What an error is sent as. graphql-ws passes errors of graphql-js on, and of those no other form than its own. */
const formatted = new WeakMap<GraphQLError, GraphQLFormattedError>();

function asError(sent: GraphQLFormattedError): GraphQLError {
  const error = new GraphQLError(sent.message);
  formatted.set(error, sent);
  return error;
}

function tooManyOperations(most: number): GraphQLFormattedError {
  return {
    message: `Expected at most ${most} operations at once on a connection`,
    extensions: { code: 'TOO_MANY_STREAMS' },
  };
}
