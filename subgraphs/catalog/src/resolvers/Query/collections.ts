import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listCollections } from '../../collection/collection-rows.ts';

export const collections: QueryResolvers['collections'] = (_parent, page, { em }) =>
  listCollections(em.getKnex(), page);
