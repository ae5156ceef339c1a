import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** RFC 3339, which is ISO 8601 with an offset. */
const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function parse(value: unknown): Date {
  const time = typeof value === 'string' && form.test(value) ? new Date(value) : value;
  if (time instanceof Date && !Number.isNaN(time.getTime())) return time;
  throw new GraphQLError(`Expected a moment such as 2026-01-31T12:00:00Z, found ${JSON.stringify(value)}`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** A moment: RFC 3339 outside, a Date inside. */
export const DateTime = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'A moment in time (RFC 3339), for example 2026-01-31T12:00:00Z.',
  serialize: (value) => parse(value).toISOString(),
  parseValue: parse,
  parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
});
