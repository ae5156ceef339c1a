import { parentPort } from 'node:worker_threads';
import { type GraphQLError, parse } from 'graphql';
import { loadFederation } from '../federation/load-federation.ts';
import { withoutParsed } from '../operation/operation-weight.ts';
import { readSupergraph, type Supergraph } from '../supergraph.ts';
import type { FromPlanner, ToPlanner } from './planner-messages.ts';

// The program of the thread that planner-thread.ts starts.
await loadFederation();
const graphs = new Map<number, { readonly sdl: string; supergraph?: Supergraph }>();

parentPort?.on('message', (message: ToPlanner) => {
  if (message.kind === 'open') graphs.set(message.graph, { sdl: message.sdl });
  else if (message.kind === 'close') graphs.delete(message.graph);
  else parentPort?.postMessage(plan(message));
});

function plan({
  id,
  graph,
  document,
  operationName,
  labels,
}: Extract<ToPlanner, { kind: 'plan' }>): FromPlanner {
  try {
    const known = graphs.get(graph);
    if (known === undefined) throw new Error(`There is no supergraph ${graph} to plan for`);
    // Read when it is first planned for: of one that is soon replaced, never.
    known.supergraph ??= readSupergraph(known.sdl);
    const made = known.supergraph.plan(parse(document, { noLocation: true }), operationName, new Set(labels));
    return { id, plan: JSON.stringify(made, withoutParsed) };
  } catch (error) {
    const { message, extensions = {} } = error as Partial<GraphQLError>;
    return { id, failure: { message: message ?? String(error), extensions } };
  }
}
