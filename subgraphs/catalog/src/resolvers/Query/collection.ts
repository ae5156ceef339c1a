import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { exactlyOne } from '../../lookup.ts';

export const collection: QueryResolvers['collection'] = async (_parent, { id, slug }, { reads }) => {
  const { name, value } = exactlyOne({ id, slug });
  return name === 'id' ? reads.collections.byId.load(value) : reads.collections.bySlug.load(value);
};
