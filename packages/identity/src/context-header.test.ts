import jwt from 'jsonwebtoken';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type CallContext, guest, signContext, verifyContext } from './index.ts';

const secret = 'a secret for tests that is long enough';
const context: CallContext = {
  viewer: guest,
  requestId: 'r-1',
  channel: 'default',
  currency: 'EUR',
  locale: 'en',
};

describe('the context header', () => {
  it('carries a call context from one service to the next', () => {
    expect(verifyContext(signContext(context, secret), secret)).toEqual(context);
  });

  it.each([
    ['is missing', undefined, 'Expected a signed x-stoa-context header'],
    ['is not a token', 'nonsense', 'its signature or form is wrong'],
    [
      'is signed with another secret',
      signContext(context, 'another secret that is also long'),
      'its signature or form is wrong',
    ],
    ['has expired', signContext(context, secret, -1), 'it has expired'],
    [
      'is not signed at all',
      jwt.sign({ ctx: context }, '', { algorithm: 'none' }),
      'its signature or form is wrong',
    ],
    [
      'carries something else',
      jwt.sign({ ctx: 1 }, secret, { issuer: 'stoa', audience: 'stoa:subgraphs' }),
      'Expected a call context',
    ],
    [
      'was meant for somebody else',
      jwt.sign({ ctx: context }, secret, { issuer: 'stoa', audience: 'x' }),
      'its signature or form is wrong',
    ],
  ])('is refused when it %s', (_, header, message) => {
    expect(() => verifyContext(header, secret)).toThrow(message);
  });

  it('is good for its time and its secret alone, however often it was read', () => {
    vi.useFakeTimers({ now: 1_000_000_000_000 });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const header = signContext(context, secret);
    expect(verifyContext(header, secret)).toEqual(context);
    expect(verifyContext(header, secret)).toEqual(context);
    expect(() => verifyContext(header, 'another secret that is also long')).toThrow('signature');
    vi.advanceTimersByTime(59_999);
    expect(verifyContext(header, secret)).toEqual(context);
    vi.advanceTimersByTime(1);
    expect(() => verifyContext(header, secret)).toThrow('it has expired');
  });
});
