import type { Logger } from '@stoa/telemetry';
import { GraphQLError } from 'graphql';
import type { AskSubgraph } from '../engine/subgraph-request.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { NoAnswer, type NoAnswerReason } from './http/no-answer.ts';
import type { SubgraphTransport } from './transport.ts';

/** What clients are told; of the network, which is for the log, nothing. */
const told: Readonly<Partial<Record<NoAnswerReason, readonly [code: string, what: string]>>> = {
  timeout: ['SUBGRAPH_TIMEOUT', 'did not answer in time'],
  malformed: ['SUBGRAPH_MALFORMED', 'answered something that is not GraphQL'],
  'too-large': ['SUBGRAPH_ANSWER_TOO_LARGE', 'answered more than is accepted'],
};

/** Reasons that a line of its own tells, or that are no fault of the subgraph's. */
const quiet: ReadonlySet<NoAnswerReason> = new Set(['breaker-open', 'cancelled']);

/** Asks subgraphs for one request: with its identity, and only as long as its client waits. */
export function askThrough(
  transports: ReadonlyMap<string, SubgraphTransport>,
  { call, signedContext, signal }: RouterContext,
  logger: Logger,
): AskSubgraph {
  return async ({ subgraph, kind, query, operationName, variables }) => {
    const transport = transports.get(subgraph);
    if (transport === undefined) throw new Error(`There is no way to the subgraph ${subgraph}`);
    try {
      return await transport.send({ query, operationName, variables }, signedContext, call.requestId, {
        signal,
        isQuery: kind === 'query',
      });
    } catch (error) {
      const reason = error instanceof NoAnswer ? error.reason : 'connection';
      if (!quiet.has(reason))
        logger.error({
          event: 'subgraph.unavailable',
          subgraph,
          reason,
          requestId: call.requestId,
          err: error,
        });
      const [code, what] = told[reason] ?? ['SUBGRAPH_UNAVAILABLE', 'did not answer'];
      throw new GraphQLError(`The subgraph ${subgraph} ${what}`, {
        extensions: { code, serviceName: subgraph },
      });
    }
  };
}
