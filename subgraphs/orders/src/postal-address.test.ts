import { describe, expect, it, test } from 'vitest';
import { parsePostalAddress } from './postal-address.ts';

const address = { recipient: 'Ada', line1: '1 Street', city: 'Berlin', country: 'DE' };

describe('a postal address', () => {
  it('is trimmed, with null for what is not there', () => {
    const given = { ...address, recipient: ' Ada ', line2: '  ', phone: '+49 30 1', country: ' de ' };
    expect(parsePostalAddress(given, 'address')).toEqual({
      recipient: 'Ada',
      line1: '1 Street',
      line2: null,
      city: 'Berlin',
      region: null,
      postalCode: null,
      country: 'DE',
      phone: '+49 30 1',
    });
  });

  test.each([
    ['recipient', { recipient: '  ' }],
    ['line1', { line1: '' }],
    ['city', { city: null }],
    ['recipient', { recipient: 'x'.repeat(201) }],
    ['line2', { line2: 'x'.repeat(201) }],
    ['region', { region: 'x'.repeat(101) }],
    ['postalCode', { postalCode: 'x'.repeat(21) }],
    ['phone', { phone: 'x'.repeat(41) }],
    ['country', { country: '' }],
    ['country', { country: 'DEU' }],
    ['country', { country: '12' }],
  ])('is refused for its %s: %j', (part, wrong) => {
    expect(parsePostalAddress({ ...address, ...wrong }, 'input.address')).toMatchObject({
      refused: 'invalid-input',
      field: `input.address.${part}`,
    });
  });

  test.each([
    ['recipient', 200],
    ['city', 100],
    ['postalCode', 20],
  ])('may have a %s of %i characters', (part, length) => {
    expect(parsePostalAddress({ ...address, [part]: 'x'.repeat(length) }, 'address')).not.toHaveProperty(
      'refused',
    );
  });
});
