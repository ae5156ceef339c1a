import { run } from '@stoa/subgraph';
import { accounts } from './subgraph.ts';

await run(accounts);
