import { describe, expect, it } from 'vitest';
import { quote } from '../../src/engine/answer/quote.ts';
import { stringifyAnswer, writtenData } from '../../src/gateway/written-data.ts';

describe('a text in JSON', () => {
  it.each([
    ['', 'plain', 'x'.repeat(100), 'Grüße', '日本', '😀', `😀${'x'.repeat(60)}`],
    ['"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u2028', `${'x'.repeat(60)}"`, `${'x'.repeat(60)}\n`],
    ['\ud800', '\udfff', `${'x'.repeat(60)}\ud800`, '\udc00\ud800'],
  ])('is what JSON.stringify makes of it', (...texts) => {
    for (const text of texts) expect(quote(text)).toBe(JSON.stringify(text));
  });
});

describe('data that was written already', () => {
  const data = writtenData('{"a":[{"b":1}],"c":null}');
  const object = { a: [{ b: 1 }], c: null };

  it('is sent as it was written', () => {
    expect(String(stringifyAnswer({ data }))).toBe('{"data":{"a":[{"b":1}],"c":null}}\n');
    expect(String(stringifyAnswer({ data, extensions: { cost: 1 } }))).toBe(
      '{"data":{"a":[{"b":1}],"c":null},"extensions":{"cost":1}}\n',
    );
  });

  it('is an object to whoever reads it', () => {
    expect(data.a).toEqual(object.a);
    expect(Object.keys(data)).toEqual(['a', 'c']);
    expect({ ...data }).toEqual(object);
    expect('c' in data).toBe(true);
    expect(JSON.parse(JSON.stringify(data))).toEqual(object);
  });

  it('beside errors is made anew', () => {
    expect(JSON.parse(stringifyAnswer({ data, errors: [] }))).toEqual({ data: object, errors: [] });
  });
});
