import { run } from '@stoa/subgraph';
import { catalog } from './subgraph.ts';

await run(catalog);
