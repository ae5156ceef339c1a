import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { isCurrencyCode } from './money.ts';

function invalid(expected: string, found: unknown): GraphQLError {
  return new GraphQLError(`Expected ${expected}, found ${JSON.stringify(found)}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

function parseMinorUnits(value: unknown): number {
  const amount = typeof value === 'bigint' ? Number(value) : value;
  if (typeof amount === 'number' && Number.isSafeInteger(amount)) return amount;
  throw invalid('a whole number of minor units such as 1234', value);
}

/** An integer of up to 53 bits: GraphQL's Int ends at 32, which is 21 million euros. */
export const MinorUnits = new GraphQLScalarType<number, number>({
  name: 'MinorUnits',
  description: 'A whole number of minor units (cents), up to 2^53 - 1.',
  serialize: parseMinorUnits,
  parseValue: parseMinorUnits,
  parseLiteral: (node) => parseMinorUnits(node.kind === Kind.INT ? Number(node.value) : literal(node)),
});

function parseCurrencyCode(value: unknown): string {
  if (typeof value === 'string' && isCurrencyCode(value)) return value;
  throw invalid('an ISO 4217 currency code such as EUR', value);
}

/** A code may be written as a string or bare, as an enum value is. */
export const CurrencyCode = new GraphQLScalarType<string, string>({
  name: 'CurrencyCode',
  description: 'An ISO 4217 currency code, for example EUR.',
  serialize: parseCurrencyCode,
  parseValue: parseCurrencyCode,
  parseLiteral: (node) => parseCurrencyCode(literal(node)),
});

function literal(node: ValueNode): unknown {
  return 'value' in node ? node.value : node.kind;
}
