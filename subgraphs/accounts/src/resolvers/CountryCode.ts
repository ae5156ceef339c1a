import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

function parse(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new GraphQLError(`Expected a country code such as DE, found ${JSON.stringify(value)}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A country. Which codes there are is checked with the address, so that a wrong one is an InvalidInputError with its field. */
export const CountryCode = new GraphQLScalarType<string, string>({
  name: 'CountryCode',
  description: 'An ISO 3166-1 alpha-2 country code, for example DE.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});
