import { contextHeader, requestIdHeader } from '@stoa/identity';
import { isAnswer } from './is-answer.ts';
import type { SubgraphTransport } from './transport.ts';

/** Asks a subgraph over HTTP. Only what is named here is sent: no header of the client's goes further. */
export function httpTransport(url: string, timeoutMs = 30_000): SubgraphTransport {
  return {
    async send(request, signedContext, requestId) {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          [contextHeader]: signedContext,
          [requestIdHeader]: requestId,
        },
        body: JSON.stringify(request),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const answer: unknown = await response.json();
      if (!isAnswer(answer)) throw new Error(`expected a GraphQL answer, found HTTP ${response.status}`);
      return answer;
    },
  };
}
