import type { Mail } from '@stoa/mail';
import type { Discount } from '../order/order.entity.ts';
import type { PostalAddress } from '../postal-address.ts';
import { type FormatAmount, formatAmountsIn } from './format-amount.ts';

/** What a confirmation tells. Amounts are in minor units of `currency`, with tax. */
export interface Confirmation {
  readonly email: string;
  readonly number: string;
  readonly currency: string;
  /** `total` is of the line, after its share of the discounts: the lines and the shipping add up to the order's total. */
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly total: number }[];
  /** Off the lines already. */
  readonly discounts: readonly Discount[];
  readonly shipping: number;
  /** Within the total. */
  readonly tax: number;
  readonly total: number;
  readonly shippingAddress: PostalAddress;
}

/**
 * The letter that confirms an order, in English, with amounts as they are written in `locale` (BCP 47). The names of goods are in
 * the buyer's language, as the order has them. Of what the buyer has typed it shows the address alone, each part on one line.
 * @param id the same whenever the same letter is made
 */
export function confirmationLetter(id: string, order: Confirmation, locale: string): Mail {
  const amount = formatAmountsIn(locale, order.currency);
  const lines = order.lines.map((line) => `${line.quantity} × ${line.name}: ${amount(line.total)}`);
  const paragraphs = [
    `Thank you. We have your order ${order.number}:`,
    lines.join('\n'),
    sumsOf(order, amount).join('\n'),
    ['It goes to:', ...linesOf(order.shippingAddress)].join('\n'),
    '',
  ];
  return {
    id,
    to: order.email,
    subject: `Your order ${order.number}`,
    text: paragraphs.join('\n\n'),
  };
}

function sumsOf({ discounts, shipping, total, tax }: Confirmation, amount: FormatAmount): string[] {
  return [
    ...discounts.map(({ name, amount: off }) => `Taken off above: ${amount(off)}, ${name}`),
    `Shipping: ${amount(shipping)}`,
    `Total: ${amount(total)}`,
    `Tax within the total: ${amount(tax)}`,
  ];
}

function linesOf({
  recipient,
  line1,
  line2,
  city,
  region,
  postalCode,
  country,
}: PostalAddress): readonly string[] {
  const place = [postalCode, city, region].filter((part) => part !== null).join(' ');
  const lines = [recipient, line1, line2, place, countryName(country)].filter((line) => line !== null);
  // Text of several lines could pass for words of the shop.
  return lines.map((line) => line.replace(/\s+/gu, ' '));
}

const countries = new Intl.DisplayNames('en', { type: 'region' });

function countryName(code: string): string {
  // Its own code when nobody knows a name for it.
  return countries.of(code) ?? code;
}
