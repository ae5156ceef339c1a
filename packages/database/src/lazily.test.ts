import { expect, test, vi } from 'vitest';
import { lazily } from './index.ts';

test('properties are made once each, of the whole, when they are first asked for', () => {
  const double = vi.fn(({ given }: { given: number }) => ({ of: given * 2 }));
  const withMore = lazily<{ given: number }, { double: { of: number }; quadruple: number }>({
    double,
    quadruple: ({ double: { of } }) => of * 2,
  });
  const [one, other] = [withMore({ given: 1 }), withMore({ given: 10 })];
  expect(one.given).toBe(1);
  expect(double).not.toHaveBeenCalled();
  expect([one.quadruple, one.double.of, one.quadruple]).toEqual([4, 2, 4]);
  expect(one.double).toBe(one.double);
  expect(double).toHaveBeenCalledTimes(1);
  expect(other.double.of).toBe(20);
});

test('one that cannot be made is made when it is asked for again', () => {
  const make = vi.fn().mockImplementationOnce(() => {
    throw new Error('Not now');
  });
  const whole = lazily<object, { some: unknown }>({ some: make.mockReturnValue('some') })({});
  expect(() => whole.some).toThrow('Not now');
  expect(whole.some).toBe('some');
});
