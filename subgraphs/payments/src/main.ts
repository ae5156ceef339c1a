import { run } from '@stoa/subgraph';
import { payments } from './subgraph.ts';

await run(payments);
