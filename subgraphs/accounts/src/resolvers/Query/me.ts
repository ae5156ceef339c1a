import { isUser } from '@stoa/identity';
import type { QueryResolvers } from '../../__generated__/resolvers-types.ts';

export const me: QueryResolvers['me'] = (_, __, { call, load }) =>
  isUser(call.viewer) ? load.users.load(call.viewer.id) : null;
