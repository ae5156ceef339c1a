import { parseOptions } from '@node-rs/argon2';
import { describe, expect, test } from 'vitest';
import { argon2Hasher, floor } from './argon2-hasher.ts';

const cheap = argon2Hasher({ memoryKib: 8, iterations: 1 });

describe('the password hasher', () => {
  test('knows a password by its hash, and no other', async () => {
    const passwordHash = await cheap.hash('a blue bicycle');
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
    expect(await cheap.verify(passwordHash, 'a blue bicycle')).toBe(true);
    expect(await cheap.verify(passwordHash, 'a blue bicycl')).toBe(false);
  });

  test('takes two ways to type one letter for the same', async () => {
    expect(
      await cheap.verify(await cheap.hash('cre\u0300me bru\u0302le\u0301e'), 'cr\u00e8me br\u00fbl\u00e9e'),
    ).toBe(true);
  });

  test('has a decoy that costs what a real hash does and fits nothing', async () => {
    const hasher = argon2Hasher(floor);
    expect(parseOptions(hasher.decoy)).toEqual(parseOptions(await hasher.hash('anything')));
    expect(await hasher.verify(hasher.decoy, '')).toBe(false);
  });

  test('tells a hash made at another cost', async () => {
    const passwordHash = await cheap.hash('a blue bicycle');
    expect(cheap.isOutdated(passwordHash)).toBe(false);
    expect(argon2Hasher({ memoryKib: 16, iterations: 1 }).isOutdated(passwordHash)).toBe(true);
    expect(argon2Hasher({ memoryKib: 8, iterations: 2 }).isOutdated(passwordHash)).toBe(true);
  });
});
