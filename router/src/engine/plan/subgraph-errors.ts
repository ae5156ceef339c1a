import { GraphQLError } from 'graphql';
import type { SubgraphError } from '../subgraph-request.ts';

type Place = readonly (string | number)[];

/** An error that a subgraph reported, as the client sees it: at its place in the whole answer, with the subgraph's name. */
export function reportedError(
  error: SubgraphError,
  subgraph: string,
  place: Place | undefined,
): GraphQLError {
  return new GraphQLError(error.message || `The subgraph ${subgraph} reported an error`, {
    path: place,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName: subgraph },
  });
}

/** There is no answer, or none that can be used. What the network said is for the log, not for the client. */
export function unavailableError(subgraph: string, place: Place, cause: unknown): GraphQLError {
  const own = cause instanceof GraphQLError ? cause : undefined;
  return new GraphQLError(own?.message ?? `The subgraph ${subgraph} did not answer`, {
    path: place.length === 0 ? undefined : place,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', ...own?.extensions, serviceName: subgraph },
    originalError: cause instanceof Error ? cause : undefined,
  });
}

/** A subscription ended before its end, or never began. */
export function lostError(subgraph: string, cause: unknown): GraphQLError {
  return new GraphQLError(`The subscription at the subgraph ${subgraph} was lost`, {
    extensions: { code: 'SUBSCRIPTION_LOST', serviceName: subgraph },
    originalError: cause instanceof Error ? cause : undefined,
  });
}
