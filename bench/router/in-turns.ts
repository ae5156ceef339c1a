import { type Exchange, openExchange, requestOf } from '../exchange.ts';
import { percentile } from '../load.ts';

/** What is asked again and again: a body, of what answers on a port of this machine at /graphql. */
export interface Asked {
  readonly port: number;
  readonly body: string;
}

interface Turns {
  readonly exchange: Exchange;
  readonly request: Buffer;
  readonly durations: number[];
}

/** So many requests are sent before it is the next one's turn: few, so that what else the machine does hits all alike. */
const requestsOfTurn = 10;

/**
 * Asks several things in turns, each over a connection of its own, and never two at once: nothing waits in a queue.
 * @returns the median time of an answer to each, in milliseconds
 * @throws {Error} on an answer of another status than 200
 */
export async function askInTurns(
  all: readonly Asked[],
  { warmSeconds, seconds }: { readonly warmSeconds: number; readonly seconds: number },
): Promise<number[]> {
  const turns = await Promise.all(
    all.map(
      async ({ port, body }): Promise<Turns> => ({
        exchange: await openExchange(port),
        request: requestOf(port, '/graphql', body),
        durations: [],
      }),
    ),
  );
  const begun = performance.now() + warmSeconds * 1_000;
  const until = begun + seconds * 1_000;
  while (performance.now() < until) {
    const counts = performance.now() >= begun;
    for (const turn of turns) await takeTurn(turn, counts);
  }
  for (const { exchange } of turns) exchange.close();
  return turns.map(({ durations }) => percentile(durations, 0.5));
}

async function takeTurn({ exchange, request, durations }: Turns, counts: boolean): Promise<void> {
  for (let at = 0; at < requestsOfTurn; at += 1) {
    const sent = performance.now();
    const status = await exchange.send(request);
    if (counts) durations.push(performance.now() - sent);
    if (status !== 200) throw new Error(`Expected 200, was answered ${status}`);
  }
}
