import { newId } from '@stoa/clock';
import { guest, type Viewer } from '@stoa/identity';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';

describe.each(databaseEngines)('what a viewer sees on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  /** A refunded payment of u-1, and one of a guest. */
  let own: { id: string; orderId: string; refundId: string };
  let guests: typeof own;
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
    const payAndRefund = async (ownerId: string) => {
      const { id, orderId } = await payments.pay({ ownerId });
      const request = { paymentId: id, idempotencyKey: newId(), amount: 100n };
      return { id, orderId, refundId: (await payments.rpc().refund(request)).refundId };
    };
    own = await payAndRefund('u-1');
    guests = await payAndRefund('');
  });
  afterAll(() => payments.stop());

  const entities = async (of: typeof own, viewer: Viewer) => {
    const { data, errors } = await payments.entities(
      [
        { __typename: 'Payment', id: of.id },
        { __typename: 'Refund', id: of.refundId },
        { __typename: 'Order', id: of.orderId },
      ],
      `... on Payment { id state refunds { id } } ... on Refund { id amount { amount } }
       ... on Order { id payments { id captured { amount currency } refunds { id } } paymentStatus }`,
      viewer,
    );
    expect(errors).toEqual([]);
    return data;
  };
  const shown = (of: typeof own) => [
    { __typename: 'Payment', id: of.id, state: 'PARTIALLY_REFUNDED', refunds: [{ id: of.refundId }] },
    { __typename: 'Refund', id: of.refundId, amount: { amount: 100 } },
    {
      __typename: 'Order',
      id: of.orderId,
      payments: [{ id: of.id, captured: { amount: 5_000, currency: 'EUR' }, refunds: [{ id: of.refundId }] }],
      paymentStatus: 'PARTIALLY_REFUNDED',
    },
  ];

  it.each([
    ['the buyer', customer('u-1')],
    ['the staff', staff()],
  ])('%s sees the payment, its refunds and what the order comes to', async (_, viewer) => {
    expect(await entities(own, viewer)).toEqual(shown(own));
  });

  it.each([
    ['another buyer', customer('u-2')],
    ['a guest', guest],
  ])('%s sees nothing of it, by any path', async (_, viewer) => {
    expect(await entities(own, viewer)).toEqual([
      null,
      null,
      { __typename: 'Order', id: own.orderId, payments: null, paymentStatus: null },
    ]);
  });

  it.each([
    ['a guest', guest],
    ['a buyer', customer('u-2')],
  ])("%s who knows a guest's order sees its payments", async (_, viewer) => {
    expect(await entities(guests, viewer)).toEqual(shown(guests));
  });

  it('gives null for what is missing, and no payments for an order that has none', async () => {
    const { data } = await payments.entities(
      [
        { __typename: 'Payment', id: newId() },
        { __typename: 'Refund', id: newId() },
        { __typename: 'Order', id: newId() },
      ],
      '... on Order { payments { id } paymentStatus }',
    );
    expect(data).toEqual([null, null, { __typename: 'Order', payments: [], paymentStatus: 'NONE' }]);
  });

  it('does not take a capture for a refund', async () => {
    const { id } = await payments.pay({ capture: false });
    await payments.rpc().capture({ paymentId: id, idempotencyKey: newId() });
    const operation = await payments.subgraph.database.em
      .fork()
      .getKnex()('payment_operation')
      .where({ payment_id: id })
      .first();
    const { data } = await payments.entities([{ __typename: 'Refund', id: operation.id }], '', staff());
    expect(data).toEqual([null]);
  });

  it('shows the ledger to the staff alone, and the rest of the payment all the same', async () => {
    const ledger = (viewer: Viewer) =>
      payments.entities(
        [{ __typename: 'Payment', id: own.id }],
        '... on Payment { id ledger { kind } }',
        viewer,
      );
    const asStaff = await ledger(staff());
    expect(asStaff.data[0]?.ledger).toEqual(['AUTHORIZATION', 'CAPTURE', 'REFUND'].map((kind) => ({ kind })));
    const asBuyer = await ledger(customer('u-1'));
    expect(asBuyer.data).toEqual([{ __typename: 'Payment', id: own.id, ledger: null }]);
    expect(asBuyer.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it.each([
    ['a guest', guest, 'UNAUTHENTICATED'],
    ['a buyer', customer('u-1'), 'FORBIDDEN'],
  ])('keeps the queries of the staff from %s', async (_, viewer, code) => {
    for (const query of [`{ payment(id: "${own.id}") { id } }`, '{ payments { nodes { id } } }']) {
      const { errors } = await payments.query(query, {}, viewer);
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  });
});
