import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { canonicalLocale } from './nearest-locales.ts';

function parse(value: unknown): string {
  const locale = typeof value === 'string' ? canonicalLocale(value) : null;
  if (locale !== null) return locale;
  throw new GraphQLError(`Expected a BCP 47 language tag such as de-CH, found ${JSON.stringify(value)}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A BCP 47 language tag, in its canonical form once parsed. */
export const Locale = new GraphQLScalarType<string, string>({
  name: 'Locale',
  description: 'A language, as a BCP 47 tag, for example de or de-CH.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});
