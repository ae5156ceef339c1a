import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Answer } from '../engine/operation/answers.ts';
import type {
  AnswerPart,
  CompiledOperation,
  OpenEvents,
  OpenParts,
  SingleAnswerOperation,
} from '../engine/operation/compiled-operation.ts';
import type { JsonObject } from '../engine/subgraph-request.ts';
import type { OpenedEvents, StreamSlot } from '../streams/stream-slot.ts';

export interface ExecuteOptions {
  /** Where an answer in parts is left; undefined for a client that takes one alone. */
  readonly slot: StreamSlot | undefined;
  /** Answers it in one piece. */
  readonly answer: (operation: SingleAnswerOperation) => Promise<Answer>;
  /** Answers in parts, when they are asked for. */
  readonly parts: (open: OpenParts) => AsyncIterable<AnswerPart>;
  readonly events: (open: OpenEvents) => OpenedEvents;
}

/**
 * Runs an operation for ApolloServer.
 * @returns its answer; an empty one for an answer in parts, which is in the slot
 */
export async function executeOperation(
  operation: CompiledOperation,
  variables: JsonObject,
  { slot, answer, parts, events }: ExecuteOptions,
): Promise<Answer> {
  if (operation.kind !== 'subscription') {
    if (operation.kind === 'mutation' && slot?.takes.mutations === false) return refuse(mutationByGet());
    const inParts = operation.executeInParts(variables);
    if (inParts === null) return answer(operation);
    if (!slot?.takes.deferred) return refuse(needsParts());
    slot.opened = { parts: parts(inParts) };
    return { data: null };
  }
  if (!slot?.takes.subscriptions) return refuse(needsStream());
  const opened = operation.subscribe(variables);
  if (typeof opened !== 'function') return opened;
  slot.opened = events(opened);
  return { data: null };
}

function refuse(error: GraphQLError): Answer {
  return { errors: [error] };
}

function needsStream(): GraphQLError {
  return new GraphQLError(
    'A subscription is answered in parts: send the header "accept: text/event-stream" or "accept: multipart/mixed;subscriptionSpec=1.0", or use a WebSocket',
    { extensions: { code: 'STREAM_NOT_ACCEPTED', http: { status: 406 } } },
  );
}

/** As ApolloServer and Apollo Router answer it. */
function needsParts(): GraphQLError {
  return new GraphQLError(
    'An operation with @defer is answered in parts: send the header "accept: multipart/mixed;deferSpec=20220824"',
    { extensions: { code: 'STREAM_NOT_ACCEPTED', http: { status: 406 } } },
  );
}

function mutationByGet(): GraphQLError {
  const http: object = { status: 405, headers: new HeaderMap([['allow', 'POST']]) };
  return new GraphQLError('GET requests only support queries and subscriptions: send a mutation by POST', {
    extensions: { code: 'BAD_REQUEST', http },
  });
}
