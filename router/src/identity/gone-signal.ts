import type { ServerResponse } from 'node:http';

/** A signal that is given when the connection of a response closes before the response was written: its client has gone. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
