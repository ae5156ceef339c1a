import { applyPage, connectionPage, type ListOrder, readInteger, toConnection } from '@stoa/database';
import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { findPromotions } from '../../promotion/find-promotions.ts';

/** Ids are ordered by time. */
const newestFirst: ListOrder = { list: 'promotions', columns: ['id'], direction: 'desc' };

export const promotions: QueryResolvers['promotions'] = async (_parent, args, { call, em }) => {
  requireRole(call, 'STAFF');
  const page = connectionPage(args, newestFirst);
  const rows = await findPromotions(em, (all) => applyPage(all, page));
  return toConnection(
    rows,
    page,
    ({ id }) => [id],
    async () => {
      const count = await em.getKnex()('promotion').count({ promotions: '*' }).first();
      return readInteger(count?.promotions);
    },
  );
};
