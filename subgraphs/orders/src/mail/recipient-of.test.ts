import { Failure } from '@stoa/errors';
import { describe, expect, it, vi } from 'vitest';
import { recipientOf } from './recipient-of.ts';

const order = { orderId: 'order-1', buyerId: 'user-1', email: null };

function given(failure: Failure) {
  const info = vi.fn();
  const getContact = vi.fn().mockRejectedValue(failure);
  return { info, context: { services: { accounts: { getContact } }, logger: { info } } };
}

describe('the recipient of letters about an order', () => {
  it('is nobody when the account is gone, which is logged without an address', async () => {
    const { info, context } = given(new Failure('not-found', 'There is no such user'));
    expect(await recipientOf(context, order)).toBeNull();
    expect(info).toHaveBeenCalledExactlyOnceWith({
      event: 'order.mail-without-recipient',
      orderId: 'order-1',
      buyerId: 'user-1',
    });
  });

  it.each(['unavailable', 'forbidden', 'internal'] as const)(
    'is not known when accounts answers %s, which is not taken for "nobody"',
    async (kind) => {
      const { info, context } = given(new Failure(kind, 'no answer'));
      await expect(recipientOf(context, order)).rejects.toMatchObject({ kind });
      expect(info).not.toHaveBeenCalled();
    },
  );
});
