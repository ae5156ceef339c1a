import { requireRole } from '@stoa/identity';
import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { changedProducts } from '../../changed.ts';
import { checkCount } from '../../input/checks.ts';
import { makeProducts } from '../../product/create-product.ts';
import { toUserError } from '../../user-error.ts';

/** How many products one call may make. */
const maximumProducts = 100;

export const createProducts: MutationResolvers['createProducts'] = async (_parent, { input }, context) => {
  requireRole(context.call, 'STAFF');
  const problem = checkCount('input.products', input.products, [1, maximumProducts]);
  if (problem !== null) return toUserError(problem);
  const outcomes = await makeProducts(context, input.products);
  const made = await changedProducts(
    context,
    outcomes.flatMap((outcome) => (outcome.problem === null ? [outcome.id] : [])),
  );
  const results = outcomes.map((outcome) =>
    outcome.problem === null ? found(made, outcome.id) : toUserError(outcome),
  );
  return { __typename: 'ProductsCreated', results };
};

function found<Row>(made: ReadonlyMap<string, Row>, id: string): Row {
  return made.get(id) as Row;
}
