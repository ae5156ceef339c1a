import { answeringServer } from './answering-server.ts';
import { workloadNames, workloadSchema } from './workload-subgraphs.ts';

// A process of its own: the subgraphs of the workload. It prints their addresses as one line of JSON.
const urls = await Promise.all(
  workloadNames.map(async (name) => [name, await answeringServer(workloadSchema(name))] as const),
);
console.log(JSON.stringify(Object.fromEntries(urls)));
