import { eventStreamType, readEventStream } from '@stoa/http';
import { contextHeader, requestIdHeader } from '@stoa/identity';
import type { SubgraphAnswer } from '../../engine/subgraph-request.ts';
import { isAnswer } from '../is-answer.ts';
import type { SubgraphTransport } from '../transport.ts';

/** Characters that one event may have. */
const longestEvent = 16_000_000;

type Subscribe = NonNullable<SubgraphTransport['subscribe']>;

/**
 * Opens subscriptions by the protocol GraphQL over SSE, a connection for each. One on which nothing comes for five
 * minutes, not even a heartbeat, is lost.
 */
export function subscribeOverSse(url: string): Subscribe {
  return async function* (request, signedContext, requestId, ended) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: eventStreamType,
        [contextHeader]: signedContext,
        [requestIdHeader]: requestId,
      },
      body: JSON.stringify(request),
      redirect: 'error',
      signal: ended,
    });
    const type = response.headers.get('content-type') ?? '';
    if (!type.startsWith(eventStreamType)) {
      yield* refusal(response);
      return;
    }
    if (response.body === null) throw new Error('expected a stream of events, found no body');
    for await (const { event, data } of readEventStream(response.body, longestEvent)) {
      if (event === 'complete') return;
      if (event === 'next') yield answerOf(data);
    }
    throw new Error('the stream of events broke off');
  };
}

/** A subgraph that refuses may say why in GraphQL's form. */
async function* refusal(response: Response): AsyncGenerator<SubgraphAnswer> {
  const answer: unknown = await response.json().catch(() => null);
  if (!isAnswer(answer)) throw new Error(`expected a stream of events, found HTTP ${response.status}`);
  yield answer;
}

function answerOf(data: string): SubgraphAnswer {
  const answer: unknown = JSON.parse(data);
  if (!isAnswer(answer)) throw new Error('expected an event with a GraphQL answer');
  return answer;
}
