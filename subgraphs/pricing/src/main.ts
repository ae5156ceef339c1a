import { run } from '@stoa/subgraph';
import { pricing } from './subgraph.ts';

await run(pricing);
