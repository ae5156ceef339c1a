import { rowsOf } from '@stoa/database';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { listFacets } from '../../facet/facet-rows.ts';

export const facets: QueryResolvers['facets'] = (_parent, _args, { em }) => listFacets(rowsOf(em));
