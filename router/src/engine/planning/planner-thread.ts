import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, print } from 'graphql';
import { type Planner, plannerInPlace } from './planner.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';

export interface PlannerThreadOptions {
  /** Told when the thread did not start or has ended by itself; plans are made in place from then on. */
  readonly onEnded: (error: Error) => void;
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
 * first supergraph that is opened.
 */
export function plannerThread({
  onEnded,
  program = resolve(import.meta.dirname, 'plan-worker.ts'),
}: PlannerThreadOptions): Planner {
  const waiting = new Map<number, Waiting>();
  const inPlace = plannerInPlace();
  /** Undefined before it has started, null once it has ended. */
  let worker: Worker | null | undefined;
  let isClosed = false;
  let lastId = 0;

  const ended = (error: Error) => {
    if (worker === null) return;
    worker = null;
    if (!isClosed) onEnded(error);
    for (const { reject } of waiting.values()) reject(new ThreadEnded());
    waiting.clear();
  };
  const answered = (message: FromPlanner) => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    // A thread that has nothing to do keeps no process alive.
    if (waiting.size === 0) worker?.unref();
    if ('plan' in message) asked?.resolve(JSON.parse(message.plan) as QueryPlan);
    else asked?.reject(new GraphQLError(message.failure.message, { extensions: message.failure.extensions }));
  };
  const begin = () => {
    worker = start(program)
      .on('error', ended)
      .on('exit', (code) => ended(new Error(`The thread that plans has ended with code ${code}`)))
      .on('message', answered);
    worker.unref();
  };
  const tell = (message: ToPlanner) => worker?.postMessage(message);

  return {
    open(supergraph) {
      if (worker === undefined) begin();
      const graph = ++lastId;
      tell({ kind: 'open', graph, sdl: supergraph.sdl });
      return {
        async plan(document, operationName, labels) {
          if (worker !== null) {
            try {
              return await new Promise<QueryPlan>((resolve, reject) => {
                const id = ++lastId;
                waiting.set(id, { resolve, reject });
                worker?.ref();
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
        close: () => tell({ kind: 'close', graph }),
      };
    },
    async close() {
      isClosed = true;
      await worker?.terminate();
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
