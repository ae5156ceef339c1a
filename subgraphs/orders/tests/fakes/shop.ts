import { newId } from '@stoa/clock';
import type { CallContext } from '@stoa/identity';
import { ReservationState } from '@stoa/inventory/rpc';
import { PaymentState } from '@stoa/payments/rpc';
import type { LocalServices } from '@stoa/rpc';
import { silentLogger } from '@stoa/telemetry';
import { fakeAccounts } from './fake-accounts.ts';
import { fakeCatalog } from './fake-catalog.ts';
import { type FakeReservation, fakeInventory } from './fake-inventory.ts';
import { type FakePayment, fakePayments } from './fake-payments.ts';
import { fakePricing } from './fake-pricing.ts';
import type { FakeVariant } from './fake-variant.ts';
import { createFaults, type Faults } from './faults.ts';

/** The other services, in memory, as a test wants them. */
export interface Shop {
  readonly faults: Faults;
  /** Puts a variant on sale and answers its id. */
  withVariant(variant?: { price?: number | null; stock?: number; name?: string }): string;
  /** Gives somebody an account and answers their id. */
  withUser(email: string): string;
  withoutUser(id: string): void;
  /** Gives out a coupon that takes a percentage off. */
  withCoupon(code: string, percentage: number): void;
  withoutCoupon(code: string): void;
  variant(id: string): FakeVariant;
  /** The country of the last quote; empty when it was not known. */
  lastQuotedCountry(): string;
  /** The payments of an order, in the order in which they were asked for. */
  paymentsOf(orderId: string): readonly FakePayment[];
  /** The buyer has been to the bank, or the provider has answered at last: all open payments come to this state. */
  settlePayments(state: PaymentState): void;
  /** Staff give money back past the order, as far as there is any; answers how much. */
  refundByStaff(orderId: string, amount: number): number;
  /** All reservations that are held run out of time. */
  expireReservations(): void;
  join(services: LocalServices, contextSecret: string): void;
}

export function shop(): Shop {
  const variants = new Map<string, FakeVariant>();
  const emails = new Map<string, string>();
  const coupons = new Map<string, number>();
  const reservations = new Map<string, FakeReservation>();
  const payments = new Map<string, FakePayment>();
  const faults = createFaults();
  const countries: string[] = [];
  return {
    faults,
    withVariant({ price = 1_200, stock = 10, name = 'A shirt' } = {}) {
      const id = newId();
      const sku = `SKU-${variants.size + 1}`;
      variants.set(id, { sku, name, price, onHand: stock, reserved: 0, isGone: false });
      return id;
    },
    withUser(email) {
      const id = newId();
      emails.set(id, email);
      return id;
    },
    withoutUser(id) {
      emails.delete(id);
    },
    withCoupon(code, percentage) {
      coupons.set(code, percentage);
    },
    withoutCoupon(code) {
      coupons.delete(code);
    },
    variant(id) {
      const variant = variants.get(id);
      if (variant === undefined) throw new Error(`The test has put no variant ${id} on sale`);
      return variant;
    },
    lastQuotedCountry: () => countries.at(-1) ?? '',
    paymentsOf: (orderId) => [...payments.values()].filter((payment) => payment.orderId === orderId),
    settlePayments(state) {
      for (const payment of payments.values()) {
        const isOpen =
          payment.state === PaymentState.CREATED || payment.state === PaymentState.REQUIRES_ACTION;
        if (isOpen) payment.state = state;
      }
    },
    refundByStaff(orderId, amount) {
      for (const payment of payments.values()) {
        const isTaken =
          payment.state === PaymentState.CAPTURED || payment.state === PaymentState.PARTIALLY_REFUNDED;
        if (payment.orderId !== orderId || !isTaken || payment.token === 'tok_refund_fails') continue;
        const back = BigInt(Math.min(amount, Number(payment.amount - payment.refunded)));
        payment.refunded += back;
        payment.state =
          payment.refunded === payment.amount ? PaymentState.REFUNDED : PaymentState.PARTIALLY_REFUNDED;
        return Number(back);
      }
      return 0;
    },
    expireReservations() {
      for (const reservation of reservations.values()) {
        if (reservation.state !== ReservationState.HELD) continue;
        reservation.state = ReservationState.EXPIRED;
        for (const { variantId, quantity } of reservation.lines) {
          const variant = variants.get(variantId);
          if (variant !== undefined) variant.reserved -= quantity;
        }
      }
    },
    join(services, contextSecret) {
      const environment = { contextSecret, logger: silentLogger, newContext: (call: CallContext) => call };
      services.add(fakeCatalog(variants, faults), environment);
      services.add(fakePricing(variants, coupons, countries, faults), environment);
      services.add(fakeInventory(variants, reservations, faults), environment);
      services.add(fakePayments(payments, faults), environment);
      services.add(fakeAccounts(emails, faults), environment);
    },
  };
}
