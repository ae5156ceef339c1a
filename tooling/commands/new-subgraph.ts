import { parseArgs } from 'node:util';
import { repositoryRoot } from '@stoa/registry';
import { describeNewSubgraph } from '../new-subgraph/describe-new-subgraph.ts';
import { newSubgraph } from '../new-subgraph/new-subgraph.ts';
import { NewSubgraphError } from '../new-subgraph/new-subgraph-error.ts';

// `npm run new:subgraph -- NAME [--type Type]`: a subgraph that composes, tests and starts.
const usage = `Expected the name of the new subgraph: npm run new:subgraph -- wishlist
For an entity of another name than the subgraph's: npm run new:subgraph -- loyalty --type Membership`;

try {
  const { positionals, values } = argumentsGiven();
  const [name, ...others] = positionals;
  if (name === undefined || others.length > 0) throw new NewSubgraphError(usage);
  const made = await newSubgraph({ root: repositoryRoot(), name, type: values.type, today: new Date() });
  console.log(describeNewSubgraph(made));
} catch (error) {
  if (!(error instanceof NewSubgraphError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function argumentsGiven() {
  try {
    return parseArgs({ options: { type: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    throw new NewSubgraphError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
