import { run } from '@stoa/subgraph';
import { orders } from './subgraph.ts';

await run(orders);
