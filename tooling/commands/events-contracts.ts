import { parseArgs } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { checkEventContracts, writeEventContracts } from '../events/event-contracts.ts';

// `npm run events:contracts` writes schema/events; with `-- --check` it only says whether the committed files are current.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
// Written as a pattern, so that a bundle holds the events of whatever lies in subgraphs/ (docs/adr/0001).
const load = (subgraph: string): Promise<object> => import(`../../subgraphs/${subgraph}/src/events.ts`);
const { ok, message } = await (values.check ? checkEventContracts : writeEventContracts)(
  repositoryRoot(),
  load,
);
if (ok) {
  console.log(message);
} else {
  console.error(message);
  process.exitCode = 1;
}
