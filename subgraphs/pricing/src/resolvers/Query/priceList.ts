import { Failure } from '@stoa/errors';
import { requireRole } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';
import { findPriceLists } from '../../price-list/find-price-lists.ts';

export const priceList: QueryResolvers['priceList'] = async (_parent, args, { call, em, reads }) => {
  requireRole(call, 'STAFF');
  const id = args.id ?? null;
  const code = args.code ?? null;
  if (id !== null && code === null) return reads.priceLists.load(id);
  if (code !== null && id === null) {
    const [list] = await findPriceLists(em, { code });
    return list ?? null;
  }
  throw new Failure(
    'bad-input',
    `Expected either \`id\` or \`code\`, found ${id === null ? 'neither' : 'both'}`,
  );
};
