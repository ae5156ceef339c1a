import type { OptionValueResolvers } from '../__generated__/resolvers-types.ts';
import { nameIn } from '../locale/translated.ts';

export const OptionValue: OptionValueResolvers = {
  name: (value, { locale }, { call }) => nameIn(locale ?? call.locale, value),
};
