import { newId } from '@stoa/clock';
import { databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPayments, openPayments } from './open-payments.ts';

const list = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: PaymentFilter) {
  payments(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { id } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe.each(databaseEngines)('listing payments on $engine', ({ freshUrl }) => {
  let payments: OpenPayments;
  /** The newest first; the last two at the same moment. */
  const ids: string[] = [];
  const orderId = newId();
  beforeAll(async () => {
    payments = await openPayments(freshUrl());
    for (const [index, token] of [
      'tok_approve',
      'tok_decline',
      'tok_approve',
      'tok_action',
      'tok_approve',
    ].entries()) {
      if (index > 1) payments.clock.advance(1_000);
      ids.unshift((await payments.pay({ token, ...(index < 2 ? { orderId } : {}) })).id);
    }
  });
  afterAll(() => payments.stop());

  const page = async (variables: Record<string, unknown> = {}) => {
    const { data, errors } = await payments.query(list, variables, staff());
    expect(errors).toEqual([]);
    return data.payments;
  };
  const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);

  it('gives the newest first, page by page', async () => {
    const first = await page({ first: 2 });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    expect(first).toMatchObject({ totalCount: 5, pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    const second = await page({ first: 2, after: first.pageInfo.endCursor });
    expect(idsOf(second)).toEqual(ids.slice(2, 4));
    const third = await page({ first: 2, after: second.pageInfo.endCursor });
    expect(idsOf(third)).toEqual(ids.slice(4));
    expect(third.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(idsOf(await page({ last: 2, before: third.pageInfo.startCursor }))).toEqual(ids.slice(2, 4));
  });

  it('counts and lists what the filter asks for', async () => {
    const captured = await page({ filter: { state: 'CAPTURED' } });
    expect(captured.totalCount).toBe(3);
    const declined = await page({ filter: { state: 'DECLINED', orderId } });
    expect(idsOf(declined)).toEqual([ids[3]]);
    expect(idsOf(await page({ filter: { orderId } }))).toEqual(ids.slice(3));
    expect((await page({ filter: { orderId: newId() } })).nodes).toEqual([]);
  });

  it.each([
    ['a page that is too large', { first: 101 }, 'PAGE_SIZE_OUT_OF_RANGE'],
    ['a page of nothing', { first: 0 }, 'PAGE_SIZE_OUT_OF_RANGE'],
    ['a cursor that is none', { after: 'abc' }, 'INVALID_CURSOR'],
  ])('refuses %s', async (_, variables, code) => {
    const { errors } = await payments.query(list, variables, staff());
    expect(errors).toMatchObject([{ extensions: { code } }]);
  });

  it('refuses a cursor that was tampered with', async () => {
    const { pageInfo } = await page({ first: 1 });
    const after = Buffer.from(pageInfo.endCursor, 'base64url')
      .toString()
      .replace(/\d{13}/, '1000000000000');
    const { errors } = await payments.query(
      list,
      { after: Buffer.from(after).toString('base64url') },
      staff(),
    );
    expect(errors).toMatchObject([{ extensions: { code: 'INVALID_CURSOR' } }]);
  });

  it('reads the refunds and ledgers of a page with one query each', async () => {
    const statements = await payments.statementsOf(() =>
      payments.query('{ payments { nodes { id refunds { id } ledger { id } order { id } } } }', {}, staff()),
    );
    expect(statements).toHaveLength(3);
  });

  it('resolves many entities in order with one query a type', async () => {
    let found: ({ id?: string } | null)[] = [];
    const representations = [...ids, newId(), ...ids].map((id) => ({ __typename: 'Payment', id }));
    const statements = await payments.statementsOf(async () => {
      found = (await payments.entities(representations, '... on Payment { id }', staff())).data;
    });
    expect(found.map((payment) => payment?.id ?? null)).toEqual([...ids, null, ...ids]);
    expect(statements).toHaveLength(1);
  });

  it('tells the payments and the status of many orders with one query', async () => {
    const orders = [orderId, newId(), newId()].map((id) => ({ __typename: 'Order', id }));
    const statements = await payments.statementsOf(async () => {
      const { data } = await payments.entities(
        orders,
        '... on Order { payments { id state } paymentStatus }',
      );
      expect(data[0]).toMatchObject({
        payments: [
          { id: ids[4], state: 'CAPTURED' },
          { id: ids[3], state: 'DECLINED' },
        ],
        paymentStatus: 'PAID',
      });
    });
    expect(statements).toHaveLength(1);
  });
});
