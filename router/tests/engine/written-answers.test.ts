import { describe, expect, it } from 'vitest';
import { JsonBytes } from '../../src/engine/answer/json-bytes.ts';
import { stringifyAnswer, writtenData } from '../../src/gateway/written-data.ts';

describe('a text in JSON', () => {
  it.each([
    ['', 'plain', 'x'.repeat(100), 'Grüße', '日本', '😀', `😀${'x'.repeat(60)}`],
    ['"', '\\', '\n', '\u0000', '\u001f', '\u007f', '\u2028', `${'x'.repeat(60)}"`, `${'x'.repeat(60)}\n`],
    ['\ud800', '\udfff', `${'x'.repeat(60)}\ud800`, '\udc00\ud800'],
  ])('is what JSON.stringify makes of it', (...texts) => {
    const out = new JsonBytes();
    out.begin(false);
    for (const text of texts) out.text(text);
    expect(out.end().toString()).toBe(texts.map((text) => JSON.stringify(text)).join(''));
  });

  it('has room, however long it is, and leaves nothing of the one before', () => {
    const out = new JsonBytes();
    for (const length of [10, 70_000, 5_000_000, 3]) {
      const text = 'ü'.repeat(length);
      out.begin(true);
      out.text(text);
      out.byte(0x2c);
      expect(out.end().toString() === `"${text}",`).toBe(true);
    }
  });
});

describe('a number in JSON', () => {
  it('is what JSON.stringify makes of it', () => {
    const numbers = [0, -0, 7, -12, 1.5, 1e21, 5e-324, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY];
    const out = new JsonBytes();
    out.begin(false);
    for (const number of numbers) out.number(number);
    expect(out.end().toString()).toBe(numbers.map((number) => JSON.stringify(number)).join(''));
  });
});

describe('data that was written already', () => {
  const data = writtenData(Buffer.from('{"data":{"a":[{"b":1}],"c":null}}\n'));
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
