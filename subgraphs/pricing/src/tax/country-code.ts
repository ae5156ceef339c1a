import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** Whether a text has the form of an ISO 3166-1 alpha-2 code. */
export function isCountryCode(text: string): boolean {
  return /^[A-Z]{2}$/.test(text);
}

function parse(value: unknown): string {
  if (typeof value === 'string' && isCountryCode(value)) return value;
  throw new GraphQLError(
    `Expected an ISO 3166-1 alpha-2 country code such as DE, found ${JSON.stringify(value)}`,
    {
      extensions: { code: 'BAD_USER_INPUT' },
    },
  );
}

/** A country. In a document it may be written as a string or bare, as an enum value is. */
export const CountryCode = new GraphQLScalarType<string, string>({
  name: 'CountryCode',
  description: 'An ISO 3166-1 alpha-2 country code, for example DE.',
  serialize: parse,
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING || node.kind === Kind.ENUM ? node.value : null),
});
