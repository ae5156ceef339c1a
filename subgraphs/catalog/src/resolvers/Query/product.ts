import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { exactlyOne } from '../../lookup.ts';

export const product: QueryResolvers['product'] = async (_parent, { id, slug }, { reads }) => {
  const { name, value } = exactlyOne({ id, slug });
  return name === 'id' ? reads.products.byId.load(value) : reads.products.bySlug.load(value);
};
