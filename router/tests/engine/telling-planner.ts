import { parentPort, threadId } from 'node:worker_threads';
import type { FromPlanner, ToPlanner } from '../../src/engine/planning/planner-messages.ts';

// In place of the thread that plans: its plans tell which thread it is, and which supergraphs it was told of.
const graphs = new Set<number>();

parentPort?.on('message', (message: ToPlanner) => {
  if (message.kind === 'open') graphs.add(message.graph);
  else if (message.kind === 'close') graphs.delete(message.graph);
  else {
    const told: FromPlanner = {
      id: message.id,
      plan: JSON.stringify({ kind: 'QueryPlan', threadId, graphs: [...graphs], graph: message.graph }),
    };
    parentPort?.postMessage(told);
  }
});
