import { defineEvent, z } from '@stoa/events';

const amount = z.int().min(0);

/** What every event tells of its order. Amounts are in minor units of `currency`, with tax. */
const orderFacts = {
  orderId: z.string(),
  number: z.string(),
  /** Null for a guest. */
  buyerId: z.string().nullable(),
  email: z.string().nullable(),
  currency: z.string().length(3),
  total: amount,
};

const orderContents = {
  ...orderFacts,
  subtotal: amount,
  shipping: amount,
  /** Within the total. */
  tax: z.int(),
  placedAt: z.iso.datetime(),
  lines: z.array(
    z.object({
      variantId: z.string(),
      sku: z.string(),
      name: z.string(),
      quantity: z.int().min(1),
      /** Of one, before discounts. */
      unitPrice: amount,
      /** Of the line, after its share of the discounts. */
      total: amount,
    }),
  ),
};

/** An order was written and its stock set aside; its payment is not known yet. */
export const orderPlaced = defineEvent('order.placed.v1', z.object(orderContents));

/** An order was paid, or its payment authorised where money is taken at fulfilment. */
export const orderPaid = defineEvent(
  'order.paid.v1',
  z.object({
    ...orderContents,
    /** Null when there was nothing to pay. */
    paymentId: z.string().nullable(),
  }),
);

/** The payment of an order was refused. The buyer may pay again. */
export const orderPaymentFailed = defineEvent(
  'order.payment-failed.v1',
  z.object({ ...orderFacts, reason: z.string() }),
);

/** An order will not be carried out. */
export const orderCancelled = defineEvent(
  'order.cancelled.v1',
  z.object({ ...orderFacts, reason: z.string() }),
);

const units = z.array(z.object({ lineId: z.string(), quantity: z.int().min(1) }));

/** A part of an order, or all that was left of it, is on its way. */
export const orderFulfilled = defineEvent(
  'order.fulfilled.v1',
  z.object({
    ...orderFacts,
    fulfilmentId: z.string(),
    lines: z.array(z.object({ lineId: z.string(), variantId: z.string(), quantity: z.int().min(1) })),
    carrier: z.string().nullable(),
    trackingNumber: z.string().nullable(),
    /** Whether nothing is left to be sent. */
    isComplete: z.boolean(),
  }),
);

/** All of an order has arrived. */
export const orderDelivered = defineEvent('order.delivered.v1', z.object(orderFacts));

/** Somebody wants to send a part of an order back. */
export const orderReturnRequested = defineEvent(
  'order.return-requested.v1',
  z.object({ ...orderFacts, returnId: z.string(), lines: units, reason: z.string() }),
);

/** A part of an order came back. */
export const orderReturned = defineEvent(
  'order.returned.v1',
  z.object({
    ...orderFacts,
    returnId: z.string(),
    lines: units,
    /** What goes back to the buyer for it. */
    refund: amount,
    /** Whether all of the order has come back. */
    isComplete: z.boolean(),
  }),
);
