import { parseArgs } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { checkSupergraph, writeSupergraph } from '../compose/supergraph-file.ts';

// `npm run compose` writes the supergraph; with `-- --check` it only says whether the committed one is current.
const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const { ok, message } = (values.check ? checkSupergraph : writeSupergraph)(repositoryRoot());
if (ok) {
  console.log(message);
} else {
  console.error(message);
  process.exitCode = 1;
}
