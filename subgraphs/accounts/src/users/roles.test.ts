import { describe, expect, test } from 'vitest';
import { isRole, sortRoles, withLowerRoles } from './roles.ts';

describe('roles', () => {
  test.each([
    [[], ['CUSTOMER']],
    [['CUSTOMER'], ['CUSTOMER']],
    [['STAFF'], ['CUSTOMER', 'STAFF']],
    [['ADMIN'], ['CUSTOMER', 'STAFF', 'ADMIN']],
    [
      ['ADMIN', 'CUSTOMER'],
      ['CUSTOMER', 'STAFF', 'ADMIN'],
    ],
  ] as const)('%j come with the lower ones: %j', (given, held) => {
    expect(withLowerRoles(given)).toEqual(held);
  });

  test('are listed lowest first', () => {
    expect(sortRoles(['ADMIN', 'CUSTOMER'])).toEqual(['CUSTOMER', 'ADMIN']);
  });

  test('are three words', () => {
    expect(['CUSTOMER', 'STAFF', 'ADMIN', 'ROOT', 'staff', ''].map(isRole)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
