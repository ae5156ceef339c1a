import { describe, expect, it } from 'vitest';
import { containsPattern, nameKey } from './name-key.ts';

describe('the key of a name', () => {
  it.each([
    ['Linen Shirt', 'linen shirt'],
    ['Été à Nîmes', 'ete a nimes'],
    ['ΆΛΦΑ', 'αλφα'],
    ['हिन्दी', 'हिन्दी'],
  ])('of %s is %s', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('is short enough for an index, and cuts no character in two', () => {
    expect(nameKey('𝄞'.repeat(300))).toBe('𝄞'.repeat(200));
  });
});

describe('the pattern of a search', () => {
  it.each([
    ['Leinen', '%leinen%'],
    ['100%', '%100\\%%'],
    ['a_b\\c', '%a\\_b\\\\c%'],
  ])('takes %j literally', (text, pattern) => {
    expect(containsPattern(text)).toBe(pattern);
  });
});
