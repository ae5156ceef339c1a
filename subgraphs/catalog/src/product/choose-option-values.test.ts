import { describe, expect, it } from 'vitest';
import { chooseOptionValues, combinationOf } from './choose-option-values.ts';

const options = [
  { code: 'size', values: [{ code: 's' }, { code: 'm' }] },
  { code: 'colour', values: [{ code: 'blue' }] },
];
const size = (value: string) => ({ option: 'size', value });
const colour = (value: string) => ({ option: 'colour', value });

describe('the choice of option values', () => {
  it('has one value an option, in the order of the options', () => {
    expect(chooseOptionValues(options, [colour('blue'), size('m')], 'input.options')).toEqual({
      problem: null,
      values: [{ code: 'm' }, { code: 'blue' }],
    });
  });

  it('is empty for a product without options', () => {
    expect(chooseOptionValues([], [], 'input.options')).toEqual({ problem: null, values: [] });
  });

  it.each([
    [
      'of an unknown option',
      [size('m'), { option: 'material', value: 'linen' }],
      '.1.option',
      'Expected one of size, colour, found "material"',
    ],
    ['of an unknown value', [size('xl'), colour('blue')], '.0.value', 'Expected one of s, m, found "xl"'],
    [
      'of an option twice',
      [size('m'), size('s'), colour('blue')],
      '.1.option',
      'Expected one choice an option, found size again',
    ],
    ['that leaves an option out', [size('m')], '', 'Expected a choice for colour, found none'],
  ])('%s is refused', (_, choices, place, message) => {
    expect(chooseOptionValues(options, choices, 'input.options')).toEqual({
      problem: 'invalid-input',
      field: `input.options${place}`,
      message,
    });
  });

  it('is refused for a product without options', () => {
    expect(chooseOptionValues([], [size('m')], 'f')).toMatchObject({
      message: expect.stringContaining('the product has no options'),
    });
  });
});

it('a combination is the same in any order', () => {
  expect(combinationOf(['b', 'a'])).toBe(combinationOf(['a', 'b']));
  expect(combinationOf(['a', 'b'])).not.toBe(combinationOf(['a', 'c']));
});
