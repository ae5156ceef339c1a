import { expect, test } from 'vitest';
import { addToMap, keysOf } from './yaml-map.ts';

const add = (text: string, path: readonly string[] = ['all']) =>
  addToMap('a.yaml', text, path, 'new:\n  port: "1"\n');

test.each([
  ['at its end', 'all:\n  one: 1\n', 'all:\n  one: 1\n  new:\n    port: "1"\n'],
  [
    'before what follows',
    'all:\n  one: 1\n\nlast: 2\n',
    'all:\n  one: 1\n  new:\n    port: "1"\n\nlast: 2\n',
  ],
  ['without a line break at the end', 'all:\n  one: 1', 'all:\n  one: 1\n  new:\n    port: "1"'],
  [
    'behind a nested value',
    'all:\n  one:\n    - a\n    - b\n',
    'all:\n  one:\n    - a\n    - b\n  new:\n    port: "1"\n',
  ],
  ['behind an empty value', 'all:\n  one:\nlast: 2\n', 'all:\n  one:\n  new:\n    port: "1"\nlast: 2\n'],
  [
    'behind a comment on the last line',
    'all:\n  one: 1 # first\n',
    'all:\n  one: 1 # first\n  new:\n    port: "1"\n',
  ],
  [
    'with a blank line, where they part the others',
    'all:\n  one: 1\n\n  # why\n  two: "2"\n\n  three: 3\n',
    'all:\n  one: 1\n\n  # why\n  two: "2"\n\n  three: 3\n\n  new:\n    port: "1"\n',
  ],
  ['as deep as the others', 'all:\n    one: 1\n', 'all:\n    one: 1\n    new:\n      port: "1"\n'],
  [
    'behind a merge and an alias',
    'x: &x\n  a: 1\nall:\n  <<: *x\n  one: *x\n',
    'x: &x\n  a: 1\nall:\n  <<: *x\n  one: *x\n  new:\n    port: "1"\n',
  ],
])('an entry is added %s', (_, before, after) => {
  expect(add(before)).toBe(after);
});

test('an entry is added deep inside', () => {
  const text = 'a:\n  b:\n    c: 1\n  d: 2 # kept\n';
  expect(addToMap('a.yaml', text, ['a', 'b'], 'new: 1\n')).toBe(
    'a:\n  b:\n    c: 1\n    new: 1\n  d: 2 # kept\n',
  );
});

test('keys are those of the map', () => {
  expect(keysOf('a.yaml', 'all:\n  one: 1\n  "two": 2\n', ['all'])).toEqual(['one', 'two']);
});

test.each([
  ['is not there', 'other:\n  one: 1\n', 'a.yaml: expected all to be a map with a line for each entry'],
  ['is a list', 'all:\n  - one\n', 'a.yaml: expected all to be a map'],
  ['is empty', 'all: {}\n', 'a.yaml: expected all to be a map'],
  ['is written on one line', 'all: { one: 1 }\n', 'a.yaml: expected all to be a map'],
  ['has the entry', 'all:\n  new: 1\n', 'a.yaml: Map keys must be unique'],
  ['stands beside an alias of nothing', 'all:\n  one: *gone\n', 'a.yaml: expected an anchor &gone'],
  ['is in a text that is no YAML', 'all:\n  one: [1\n', 'a.yaml: '],
])('a map that %s is refused', (_, text, message) => {
  expect(() => add(text)).toThrow(message);
});
