import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** A signal that is given when the connection of a response closes before the response was written: its client has gone. */
export function goneSignal(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  // Every request to a subgraph that is under way listens.
  setMaxListeners(0, controller.signal);
  response.once('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
