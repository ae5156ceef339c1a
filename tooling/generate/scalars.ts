/** The TypeScript types of a scalar: as an argument (`input`) and as a resolver's answer (`output`). */
export interface ScalarType {
  readonly input: string;
  readonly output: string;
}

const text: ScalarType = { input: 'string', output: 'string' };

/** The scalars of schema/conventions.md. A subgraph types one of its own by `export type <Scalar>Mapper`. */
export const scalarTypes: Readonly<Record<string, ScalarType>> = {
  ID: text,
  MinorUnits: { input: 'number', output: 'number' },
  CurrencyCode: text,
  CountryCode: text,
  Locale: text,
  EmailAddress: text,
  DateTime: { input: 'Date', output: 'Date' },
  JSON: { input: 'unknown', output: 'unknown' },
};
