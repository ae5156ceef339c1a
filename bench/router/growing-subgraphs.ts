import { growingGraph } from './growing-graph.ts';

// A process of its own: the subgraphs of the growing graph. It prints their supergraph and addresses as one line of JSON.
console.log(JSON.stringify(await growingGraph()));
