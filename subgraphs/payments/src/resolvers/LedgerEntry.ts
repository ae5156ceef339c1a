import type { LedgerEntryResolvers } from '../__generated__/resolvers-types.ts';

export const LedgerEntry: LedgerEntryResolvers = {
  amount: ({ amount, currency }) => ({ amount, currency }),
};
