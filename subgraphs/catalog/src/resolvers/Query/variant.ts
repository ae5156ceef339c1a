import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { exactlyOne } from '../../lookup.ts';

export const variant: QueryResolvers['variant'] = async (_parent, { id, sku }, { reads }) => {
  const { name, value } = exactlyOne({ id, sku });
  return name === 'id' ? reads.variants.byId.load(value) : reads.variants.bySku.load(value);
};
