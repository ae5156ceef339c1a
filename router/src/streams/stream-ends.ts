import { GraphQLError } from 'graphql';

/** Why a stream ends that could have gone on, as its client is told. */
export const streamEnds = {
  stopping: () => ended('The router is stopping: open the stream again', 'STREAM_ENDED_BY_STOP'),
  reloaded: () => ended('The schema has changed: open the stream again', 'STREAM_ENDED_BY_RELOAD'),
  expired: () => ended('The access token has expired; refresh the session', 'TOKEN_EXPIRED'),
  tooSlow: (most: number) =>
    ended(`The client reads too slowly: ${most} answers waited for it`, 'STREAM_TOO_SLOW'),
} as const;

function ended(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}
