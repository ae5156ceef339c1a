import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { documentReader } from './documents.ts';

const schema = buildSchema('type Query { a: Int b: Int c: Int }');

it('reads a document once, and forgets the one that was not used for longest', () => {
  const read = documentReader(schema, { documents: 2, characters: 1_000 });
  const a = read('{ a }');
  const b = read('{ b }');
  expect(read('{ a }')).toBe(a);
  read('{ c }');
  expect(read('{ a }')).toBe(a);
  expect(read('{ b }')).not.toBe(b);
});

it('keeps no more text than it may, and nothing that is not valid', () => {
  const read = documentReader(schema, { documents: 100, characters: 12 });
  const a = read('{ a }');
  const b = read('{ b }');
  expect(read('{ a }')).toBe(a);
  expect(read('{ none }')).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  expect(read('{ b }')).toBe(b);
  read('{ c }');
  expect(read('{ a }')).not.toBe(a);
});
