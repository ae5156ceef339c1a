import { describe, expect, it } from 'vitest';
import { normalizeCouponCode, promotionState } from './promotion.ts';

const june = new Date('2026-06-01T00:00:00Z');
const july = new Date('2026-07-01T00:00:00Z');
const later = (time: Date, milliseconds: number) => new Date(time.getTime() + milliseconds);

describe('a promotion', () => {
  it.each([
    ['SCHEDULED', 'before its start', later(june, -1), july, null],
    ['ACTIVE', 'from its start on', june, july, null],
    ['ACTIVE', 'until just before its end', later(july, -1), july, null],
    ['ENDED', 'from its end on', july, july, null],
    ['ACTIVE', 'for ever without an end', later(july, 10 ** 11), null, null],
    ['ARCHIVED', 'once it was taken back, before its start', later(june, -1), july, june],
    ['ARCHIVED', 'once it was taken back, after its end', later(july, 1), july, june],
  ])('is %s %s', (state, _, now, endsAt, archivedAt) => {
    expect(promotionState({ startsAt: june, endsAt, archivedAt }, now)).toBe(state);
  });
});

describe('a coupon code', () => {
  it.each(['WELCOME10', 'welcome10', ' Welcome10 '])('is the same when typed as %j', (typed) => {
    expect(normalizeCouponCode(typed)).toBe('WELCOME10');
  });
});
