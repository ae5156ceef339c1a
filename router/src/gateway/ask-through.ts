import type { Logger } from '@stoa/telemetry';
import { GraphQLError } from 'graphql';
import { copyJson } from '../engine/copy-json.ts';
import { type AskSubgraph, type SubgraphAnswer, unescaped } from '../engine/subgraph-request.ts';
import type { RouterContext } from '../identity/call-context.ts';
import { NoAnswer, type NoAnswerReason } from './http/no-answer.ts';
import type { InFlight } from './share-in-flight.ts';
import { type SubgraphTransport, transportOf } from './transport.ts';

/** What clients are told; of the network, which is for the log, nothing. */
const told: Readonly<Partial<Record<NoAnswerReason, readonly [code: string, what: string]>>> = {
  timeout: ['SUBGRAPH_TIMEOUT', 'did not answer in time'],
  malformed: ['SUBGRAPH_MALFORMED', 'answered something that is not GraphQL'],
  'too-large': ['SUBGRAPH_ANSWER_TOO_LARGE', 'answered more than is accepted'],
};

/** Reasons that a line of its own tells, or that are no fault of the subgraph's. */
const quiet: ReadonlySet<NoAnswerReason> = new Set(['breaker-open', 'cancelled']);

/** How one request asks subgraphs. */
export interface Asking {
  readonly transports: ReadonlyMap<string, SubgraphTransport>;
  /** Whose identity goes along. */
  readonly asker: RouterContext;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal | undefined;
  /** Queries that are under way, of all requests or of this one, to be joined by equal ones of the same identity; null where nothing is shared. */
  readonly asked: InFlight<SubgraphAnswer> | null;
  /** Begins the key of what may be shared: the graph that it is asked of. */
  readonly graph: number;
  /** Told of each query that has come to an end. */
  readonly onAnswer?: () => void;
  readonly logger: Logger;
}

/** Asks subgraphs for one request: with its identity, and only as long as somebody waits. */
export function askThrough({
  transports,
  asker,
  signal,
  asked,
  graph,
  onAnswer,
  logger,
}: Asking): AskSubgraph {
  const { requestId } = asker.call;
  return async ({ subgraph, kind, query, operationName, variables, sameAs }) => {
    const transport = transportOf(subgraph, transports);
    const isQuery = kind === 'query';
    let written: string | undefined;
    const variablesJson = () => {
      written ??= JSON.stringify(variables);
      return written;
    };
    const send = (ownSignal: AbortSignal | undefined) =>
      transport.send({ query, operationName, variables }, asker.sign(), requestId, {
        signal: ownSignal,
        isQuery,
        variablesJson,
      });
    try {
      if (!isQuery || asked === null) return await send(signal);
      return await asked.join(
        asker.identityKey,
        sameAs,
        () => `${graph}\n${variablesJson()}`,
        send,
        signal,
        copyAnswer,
      );
    } catch (error) {
      const reason = error instanceof NoAnswer ? error.reason : 'connection';
      if (!quiet.has(reason))
        logger.error({
          event: 'subgraph.unavailable',
          subgraph,
          reason,
          requestId,
          err: error,
        });
      const [code, what] = told[reason] ?? ['SUBGRAPH_UNAVAILABLE', 'did not answer'];
      throw new GraphQLError(`The subgraph ${subgraph} ${what}`, {
        extensions: { code, serviceName: subgraph },
      });
    } finally {
      onAnswer?.();
    }
  };
}

function copyAnswer(answer: SubgraphAnswer): SubgraphAnswer {
  const copy = copyJson(answer);
  return answer[unescaped] === true ? { ...copy, [unescaped]: true } : copy;
}
