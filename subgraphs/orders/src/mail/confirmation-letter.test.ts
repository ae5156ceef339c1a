import { describe, expect, it } from 'vitest';
import { type Confirmation, confirmationLetter } from './confirmation-letter.ts';

const order: Confirmation = {
  email: 'ada@example.com',
  number: 'S-2026-000123',
  currency: 'EUR',
  lines: [
    { name: 'A shirt', quantity: 2, total: 2_160 },
    { name: 'Eine Hose', quantity: 1, total: 4_500 },
  ],
  discounts: [{ name: 'Ten off', couponCode: 'TEN', amount: 240 }],
  shipping: 490,
  tax: 1_142,
  total: 7_150,
  shippingAddress: {
    recipient: 'Ada Buyer',
    line1: '1 Market Street',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: '10115',
    country: 'DE',
    phone: '+49 30 1234',
  },
};

describe('the confirmation of an order', () => {
  it('tells what was bought, what it costs, its number and where it goes', () => {
    expect(confirmationLetter('event-1', order, 'en')).toEqual({
      id: 'event-1',
      to: 'ada@example.com',
      subject: 'Your order S-2026-000123',
      text: `Thank you. We have your order S-2026-000123:

2 × A shirt: €21.60
1 × Eine Hose: €45.00

Taken off above: €2.40, Ten off
Shipping: €4.90
Total: €71.50
Tax within the total: €11.42

It goes to:
Ada Buyer
1 Market Street
10115 Berlin
Germany

`,
    });
  });

  it("writes amounts in the buyer's locale", () => {
    expect(confirmationLetter('event-1', order, 'de').text).toContain('Total: 71,50\u00a0€');
  });

  it('has no line for discounts where there are none', () => {
    expect(confirmationLetter('event-1', { ...order, discounts: [] }, 'en').text).not.toContain('Taken off');
  });

  it('shows every part of the address, each on one line', () => {
    const shippingAddress = {
      ...order.shippingAddress,
      recipient: 'Ada\n\nYou have won: https://bad.example',
      line2: 'Back door',
      region: 'BE',
      country: 'ZZ',
    };
    expect(confirmationLetter('event-1', { ...order, shippingAddress }, 'en').text).toContain(
      [
        'It goes to:',
        'Ada You have won: https://bad.example',
        '1 Market Street',
        'Back door',
        '10115 Berlin BE',
        'Unknown Region',
      ].join('\n'),
    );
  });
});
