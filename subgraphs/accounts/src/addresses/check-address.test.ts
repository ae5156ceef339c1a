import { describe, expect, test } from 'vitest';
import { checkAddress } from './check-address.ts';

const good = { recipient: 'Ada Lovelace', line1: '12 St James’s Square', city: 'London', country: 'GB' };

describe('an address', () => {
  test('is trimmed, its optional lines null where they are empty or left out, its country in upper case', () => {
    const request = {
      ...good,
      recipient: '  Ada Lovelace ',
      line2: ' ',
      region: null,
      country: 'gb',
      phone: '+44 (20) 7946-0000',
    };
    expect(checkAddress(request)).toEqual({
      kind: 'good',
      lines: { ...good, line2: null, region: null, postalCode: null, phone: '+44 (20) 7946-0000' },
    });
  });

  test.each([
    ['input.recipient', { recipient: '   ' }, 'from 1 to 100 characters on one line, found "   "'],
    ['input.recipient', { recipient: 'a'.repeat(101) }, 'from 1 to 100 characters'],
    ['input.line1', { line1: null }, 'from 1 to 200 characters'],
    ['input.line1', { line1: 'two\nlines' }, 'on one line'],
    ['input.line2', { line2: 'a'.repeat(201) }, 'from 1 to 200 characters'],
    ['input.city', { city: 'Lon\u0000don' }, 'from 1 to 100 characters'],
    ['input.region', { region: 'a'.repeat(101) }, 'from 1 to 100 characters'],
    ['input.postalCode', { postalCode: '1'.repeat(21) }, 'from 1 to 20 characters'],
    [
      'input.country',
      { country: 'England' },
      'an ISO 3166-1 alpha-2 country code such as DE, found "England"',
    ],
    ['input.country', { country: 'XX' }, 'an ISO 3166-1 alpha-2 country code'],
    ['input.country', { country: '' }, 'an ISO 3166-1 alpha-2 country code'],
    ['input.phone', { phone: 'call me' }, 'digits, spaces and the signs'],
  ])('with a bad %s is refused: %j', (field, change, message) => {
    const checked = checkAddress({ ...good, ...change });
    expect(checked).toMatchObject({ kind: 'invalid-input', field });
    expect(checked.kind === 'invalid-input' && checked.message).toContain(message);
  });
});
