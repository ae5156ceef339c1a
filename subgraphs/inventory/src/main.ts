import { run } from '@stoa/subgraph';
import { inventory } from './subgraph.ts';

await run(inventory);
