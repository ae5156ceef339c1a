import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, print } from 'graphql';
import { type Planner, plannerInPlace } from './planner.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';

export interface PlannerThreadOptions {
  /** Told when the thread did not start or has ended by itself; plans are made in place from then on. */
  readonly onEnded: (error: Error) => void;
  /** How long it is kept when nothing is to be planned; it starts again when something is. */
  readonly idleMs?: number;
  /** The program of the thread. Another one in a test. */
  readonly program?: string;
}

interface Waiting {
  readonly resolve: (plan: QueryPlan) => void;
  readonly reject: (error: Error) => void;
}

/** Of the thread's memory: what it reads once would make it grow to 48 MB, and a plan needs little. */
const youngGenerationMb = 6;

/** Says of a plan that was not made that the thread is gone, and not that the operation has none. */
class ThreadEnded extends Error {}

/**
 * Plans in a thread of its own, one for all supergraphs, so that a hard plan holds up nobody who needs none. It starts with the
 * first supergraph that is opened, and ends when it has had nothing to do for a while: it holds a sixth of the router's memory, and clients soon have sent
 * all that they send.
 */
export function plannerThread({
  onEnded,
  idleMs = 60_000,
  program = resolve(import.meta.dirname, 'plan-worker.ts'),
}: PlannerThreadOptions): Planner {
  const waiting = new Map<number, Waiting>();
  /** What supergraphs say that are open, by their numbers: a thread that starts again has to be told. */
  const graphs = new Map<number, string>();
  const inPlace = plannerInPlace();
  let worker: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  /** Once it has failed or was closed, it is done without. */
  let isGone = false;
  let lastId = 0;

  const rest = () => {
    worker?.unref();
    clearTimeout(idle);
    idle = setTimeout(() => void end(), idleMs).unref();
  };
  const end = async () => {
    const ending = worker;
    worker = undefined;
    clearTimeout(idle);
    await ending?.terminate();
  };
  const giveUpWaiting = () => {
    for (const { reject } of waiting.values()) reject(new ThreadEnded());
    waiting.clear();
  };
  const answered = (message: FromPlanner) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    // A thread that has nothing to do keeps no process alive.
    if (waiting.size === 0) rest();
    if ('plan' in message) asked?.resolve(JSON.parse(message.plan) as QueryPlan);
    else asked?.reject(new GraphQLError(message.failure.message, { extensions: message.failure.extensions }));
  };
  const begin = (): Worker => {
    const begun = start(program);
    const ended = (error: Error) => {
      if (worker !== begun) return;
      worker = undefined;
      clearTimeout(idle);
      isGone = true;
      onEnded(error);
      giveUpWaiting();
    };
    begun
      .on('error', ended)
      .on('exit', (code) => ended(new Error(`The thread that plans has ended with code ${code}`)))
      .on('message', answered);
    worker = begun;
    for (const [graph, sdl] of graphs) tell({ kind: 'open', graph, sdl });
    rest();
    return begun;
  };
  const tell = (message: ToPlanner) => worker?.postMessage(message);

  return {
    open(supergraph) {
      const graph = ++lastId;
      graphs.set(graph, supergraph.sdl);
      if (worker !== undefined) tell({ kind: 'open', graph, sdl: supergraph.sdl });
      else if (!isGone) begin();
      return {
        async plan(document, operationName, labels) {
          if (!isGone) {
            try {
              return await new Promise<QueryPlan>((resolve, reject) => {
                const id = ++lastId;
                waiting.set(id, { resolve, reject });
                (worker ?? begin()).ref();
                clearTimeout(idle);
                tell({
                  kind: 'plan',
                  id,
                  graph,
                  document: print(document),
                  operationName,
                  labels: [...labels],
                });
              });
            } catch (error) {
              if (!(error instanceof ThreadEnded)) throw error;
            }
          }
          return inPlace.open(supergraph).plan(document, operationName, labels);
        },
        close() {
          graphs.delete(graph);
          tell({ kind: 'close', graph });
        },
      };
    },
    async close() {
      isGone = true;
      await end();
      giveUpWaiting();
    },
  };
}

/**
 * Node runs TypeScript in a thread from 22.18 on. On an older one the thread runs the program as the process itself was
 * run, through tooling/run.mjs (docs/adr/0001).
 */
function start(program: string): Worker {
  const runsTypeScript = Boolean((process.features as { typescript?: unknown }).typescript);
  // What a debugger or a test runner was started with is not for the thread.
  const options = {
    execArgv: [],
    name: 'planner',
    resourceLimits: { maxYoungGenerationSizeMb: youngGenerationMb },
  };
  if (runsTypeScript) return new Worker(program, options);
  const runner = resolve(import.meta.dirname, '../../../../tooling/run.mjs');
  return new Worker(runner, { ...options, argv: [program] });
}
