import { Failure } from '@stoa/errors';
import type { CallContext } from '@stoa/identity';
import { scaleHalfUp } from '@stoa/money';
import { pricingRpc } from '@stoa/pricing/rpc';
import { implementRpc } from '@stoa/rpc';
import type { FakeVariant } from './fake-variant.ts';
import type { Faults } from './faults.ts';

/** Basis points. */
const taxRate = 2_000;

/**
 * Prices in EUR with 20 % tax inside, and in USD with 20 % on top. A coupon takes a percentage off every line; the
 * percentages are in `coupons`.
 */
export function fakePricing(
  variants: ReadonlyMap<string, FakeVariant>,
  coupons: ReadonlyMap<string, number>,
  countries: string[],
  faults: Faults,
) {
  return implementRpc<(typeof pricingRpc)['service'], CallContext>(pricingRpc, {
    quote: ({ currency, country, lines, couponCodes }) =>
      faults.around('pricing.quote', () => {
        countries.push(country);
        if (currency !== 'EUR' && currency !== 'USD') {
          throw new Failure('bad-input', `no price list in ${currency}`, { code: 'UNKNOWN_CURRENCY' });
        }
        const taxed = (stated: number) => (currency === 'EUR' ? ofGross(stated) : ofNet(stated));
        const priced = lines.flatMap(({ variantId, quantity }) => {
          const price = variants.get(variantId)?.price ?? null;
          return price === null ? [] : [{ variantId, quantity, price }];
        });
        const applied = couponCodes.filter((code) => coupons.has(code));
        const percentage = applied.reduce((total, code) => total + (coupons.get(code) ?? 0), 0);
        const less = (stated: number) => stated - scaleHalfUp(stated, percentage, 100);
        const quoted = priced.map(({ variantId, quantity, price }) => ({
          variantId,
          quantity,
          unit: taxed(price),
          subtotal: taxed(price * quantity),
          total: taxed(less(price * quantity)),
          taxRate,
        }));
        const stated = priced.reduce((total, { price, quantity }) => total + price * quantity, 0);
        return {
          lines: quoted,
          unpricedVariantIds: lines
            .map(({ variantId }) => variantId)
            .filter((id) => (variants.get(id)?.price ?? null) === null),
          discounts: applied.map((code) => ({
            promotionId: `promotion-of-${code}`,
            name: `Coupon ${code}`,
            couponCode: code,
            amount: BigInt(scaleHalfUp(stated, coupons.get(code) ?? 0, 100)),
          })),
          rejectedCouponCodes: couponCodes.filter((code) => !coupons.has(code)),
          subtotal: sum(quoted.map(({ subtotal }) => subtotal)),
          total: sum(quoted.map(({ total }) => total)),
        };
      }),
  });
}

interface Amount {
  readonly net: bigint;
  readonly tax: bigint;
  readonly gross: bigint;
}

function ofGross(gross: number): Amount {
  const tax = scaleHalfUp(gross, taxRate, 10_000 + taxRate);
  return { net: BigInt(gross - tax), tax: BigInt(tax), gross: BigInt(gross) };
}

function ofNet(net: number): Amount {
  const tax = scaleHalfUp(net, taxRate, 10_000);
  return { net: BigInt(net), tax: BigInt(tax), gross: BigInt(net + tax) };
}

function sum(amounts: readonly Amount[]): Amount {
  return amounts.reduce(
    (total, { net, tax, gross }) => ({
      net: total.net + net,
      tax: total.tax + tax,
      gross: total.gross + gross,
    }),
    { net: 0n, tax: 0n, gross: 0n },
  );
}
