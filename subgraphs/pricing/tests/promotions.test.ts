import { newId } from '@stoa/clock';
import { customer, databaseEngines, staff } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eur, openPricingShop, type PricingShop, usd } from './pricing-shop.ts';

const fields = `
  id name kind basisPoints amount { amount currency } couponCode minimumSubtotal { amount currency }
  startsAt endsAt state createdAt version`;

describe.each(databaseEngines)('promotions on $engine', (engine) => {
  let shop: PricingShop;
  beforeAll(async () => {
    shop = await openPricingShop(engine);
  });
  afterAll(() => shop.stop());

  const percentage = { name: 'Ten percent', kind: 'PERCENTAGE', basisPoints: 1000 };
  const create = (input: Record<string, unknown>) =>
    shop.change(
      'createPromotion',
      input,
      `... on Promotion { ${fields} }
       ... on UserError { code message }
       ... on InvalidInputError { field }
       ... on CurrencyMismatchError { field expected found }
       ... on CouponTakenError { taken: couponCode }`,
    );
  const archive = (promotionId: string) =>
    shop.change(
      'archivePromotion',
      { promotionId },
      '... on Promotion { id state version } ... on PromotionNotFoundError { code message promotionId }',
    );

  it('take off a part from now on, unless told otherwise', async () => {
    const promotion = await create(percentage);
    expect(promotion).toEqual({
      __typename: 'Promotion',
      id: expect.any(String),
      name: 'Ten percent',
      kind: 'PERCENTAGE',
      basisPoints: 1000,
      amount: null,
      couponCode: null,
      minimumSubtotal: null,
      startsAt: '2026-06-01T12:00:00.000Z',
      endsAt: null,
      state: 'ACTIVE',
      createdAt: '2026-06-01T12:00:00.000Z',
      version: 1,
    });
    expect(await shop.eventsOf(promotion.id)).toEqual([
      { type: 'pricing.promotion-changed.v1', payload: { promotionId: promotion.id, change: 'CREATED' } },
    ]);
  });

  it('take off an amount for a coupon in a time, and say where they are in it', async () => {
    const { id, ...promotion } = await create({
      name: 'Five off',
      kind: 'AMOUNT',
      amount: eur(500),
      couponCode: ' five-Off ',
      minimumSubtotal: eur(5000),
      startsAt: '2026-06-02T00:00:00Z',
      endsAt: '2026-06-03T00:00:00+02:00',
    });
    expect(promotion).toMatchObject({
      basisPoints: null,
      amount: eur(500),
      couponCode: 'FIVE-OFF',
      minimumSubtotal: eur(5000),
      startsAt: '2026-06-02T00:00:00.000Z',
      endsAt: '2026-06-02T22:00:00.000Z',
      state: 'SCHEDULED',
    });
    const stateNow = async () => {
      const { data } = await shop.subgraph.query(
        'query ($id: ID!) { promotion(id: $id) { state } }',
        { id },
        staff(),
      );
      return data.promotion.state;
    };
    shop.clock.advance(12 * 3_600_000);
    expect(await stateNow()).toBe('ACTIVE');
    shop.clock.advance(22 * 3_600_000);
    expect(await stateNow()).toBe('ENDED');
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['no name', { name: ' ' }, 'input.name', '1 to 200 characters'],
    ['a percentage without basis points', { basisPoints: null }, 'input.basisPoints', 'for a PERCENTAGE'],
    ['a percentage of nothing', { basisPoints: 0 }, 'input.basisPoints', 'from 1 to 10000, found 0'],
    ['more than everything', { basisPoints: 10_001 }, 'input.basisPoints', 'from 1 to 10000, found 10001'],
    ['a percentage with an amount', { amount: eur(5) }, 'input.amount', 'no amount for a PERCENTAGE'],
    ['an amount with basis points', { kind: 'AMOUNT', amount: eur(5) }, 'input.basisPoints', 'for an AMOUNT'],
    ['an amount without one', { kind: 'AMOUNT', basisPoints: null }, 'input.amount', 'for an AMOUNT'],
    [
      'a negative amount',
      { kind: 'AMOUNT', basisPoints: null, amount: eur(-5) },
      'input.amount.amount',
      'from 1 to 1000000000000, found -5',
    ],
    ['a minimum of nothing', { minimumSubtotal: eur(0) }, 'input.minimumSubtotal.amount', 'found 0'],
    ['a coupon code that is too short', { couponCode: 'ab' }, 'input.couponCode', '3 to 40 letters'],
    ['a coupon code with a space', { couponCode: 'TEN OFF' }, 'input.couponCode', '3 to 40 letters'],
    [
      'an end that is over',
      { endsAt: '2020-01-01T00:00:00Z', startsAt: '2019-01-01T00:00:00Z' },
      'input.endsAt',
      'after now',
    ],
    [
      'an end before its start',
      { startsAt: '2031-01-02T00:00:00Z', endsAt: '2031-01-01T00:00:00Z' },
      'input.endsAt',
      'after input.startsAt',
    ],
  ])('are refused with %s', async (_, wrong, field, message) => {
    const before = await shop.countOf('promotion');
    expect(await create({ ...percentage, ...wrong })).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      field,
      message: expect.stringContaining(message),
    });
    expect(await shop.countOf('promotion')).toBe(before);
  });

  it('are refused with a minimum in another currency than their amount', async () => {
    const before = await shop.countOf('promotion');
    expect(
      await create({ name: 'Mixed', kind: 'AMOUNT', amount: eur(5), minimumSubtotal: usd(5) }),
    ).toMatchObject({
      __typename: 'CurrencyMismatchError',
      field: 'input.minimumSubtotal',
      expected: 'EUR',
      found: 'USD',
    });
    expect(await shop.countOf('promotion')).toBe(before);
  });

  it('have a coupon code of their own, in whatever capitals, until they are archived', async () => {
    const first = await create({ ...percentage, couponCode: 'ONCE' });
    expect(await create({ ...percentage, couponCode: 'once' })).toMatchObject({
      __typename: 'CouponTakenError',
      code: 'COUPON_TAKEN',
      taken: 'ONCE',
    });
    await archive(first.id);
    const second = await create({ ...percentage, couponCode: 'once' });
    expect(second).toMatchObject({ __typename: 'Promotion', couponCode: 'ONCE' });
  });

  it('get a coupon code once when many ask for it at a time', async () => {
    const results = await Promise.all(
      Array.from({ length: 6 }, () => create({ ...percentage, couponCode: 'RACE' })),
    );
    expect(results.map(({ __typename }) => __typename).sort()).toEqual([
      ...Array(5).fill('CouponTakenError'),
      'Promotion',
    ]);
  });

  it('are archived once, for good', async () => {
    const id = await shop.withPromotion(percentage);
    const archived = { __typename: 'Promotion', id, state: 'ARCHIVED', version: 2 };
    expect(await Promise.all([archive(id), archive(id), archive(id)])).toEqual(Array(3).fill(archived));
    expect(await archive(id)).toEqual(archived);
    expect((await shop.eventsOf(id)).map(({ payload }) => payload)).toEqual([
      { promotionId: id, change: 'CREATED' },
      { promotionId: id, change: 'ARCHIVED' },
    ]);
  });

  it('cannot be archived when they are not there', async () => {
    const promotionId = newId();
    expect(await archive(promotionId)).toEqual({
      __typename: 'PromotionNotFoundError',
      code: 'PROMOTION_NOT_FOUND',
      message: `There is no promotion ${promotionId}`,
      promotionId,
    });
  });

  it('are resolved for the router with one query, for staff alone', async () => {
    const id = await shop.withPromotion({ ...percentage, couponCode: 'SECRET' });
    const representations = [id, newId(), id].map((other) => ({ __typename: 'Promotion', id: other }));
    let found: unknown[] = [];
    const statements = await shop.subgraph.statementsOf(async () => {
      found = (await shop.subgraph.entities(representations, '... on Promotion { couponCode }', staff()))
        .data;
    });
    const promotion = { __typename: 'Promotion', couponCode: 'SECRET' };
    expect(found).toEqual([promotion, null, promotion]);
    expect(statements).toHaveLength(1);
    const asBuyer = await shop.subgraph.entities(
      representations,
      '... on Promotion { couponCode }',
      customer('somebody'),
    );
    expect(asBuyer).toEqual({ data: [null, null, null], errors: [] });
  });
});

describe.each(databaseEngines)('the list of promotions on $engine', (engine) => {
  let shop: PricingShop;
  const ids: string[] = [];
  beforeAll(async () => {
    shop = await openPricingShop(engine);
    for (let number = 1; number <= 5; number += 1) {
      ids.unshift(
        await shop.withPromotion({ name: `Number ${number}`, kind: 'PERCENTAGE', basisPoints: number }),
      );
    }
  });
  afterAll(() => shop.stop());

  const list = async (args: string) => {
    const { data, errors } = await shop.subgraph.query(
      `{ promotions${args} { nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
      {},
      staff(),
    );
    return { ids: data.promotions?.nodes.map(({ id }: { id: string }) => id), ...data.promotions, errors };
  };

  it('is newest first, page by page, in both directions', async () => {
    const first = await list('(first: 2)');
    expect(first).toMatchObject({
      ids: ids.slice(0, 2),
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const second = await list(`(first: 3, after: "${first.pageInfo.endCursor}")`);
    expect(second).toMatchObject({
      ids: ids.slice(2),
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
    const back = await list(`(last: 2, before: "${second.pageInfo.startCursor}")`);
    expect(back).toMatchObject({
      ids: ids.slice(0, 2),
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
  });

  it('is counted when the count is selected, and not else', async () => {
    const statementsFor = (selection: string) =>
      shop.subgraph.statementsOf(async () => {
        const { data } = await shop.subgraph.query(`{ promotions(first: 1) { ${selection} } }`, {}, staff());
        expect(data.promotions.totalCount ?? 5).toBe(5);
      });
    expect(await statementsFor('totalCount edges { cursor node { name } }')).toHaveLength(2);
    expect(await statementsFor('edges { cursor node { name } }')).toHaveLength(1);
  });

  it.each([
    ['a page over the maximum', '(first: 101)', 'PAGE_SIZE_OUT_OF_RANGE', 'from 1 to 100, found 101'],
    ['a page of nothing', '(first: 0)', 'PAGE_SIZE_OUT_OF_RANGE', 'from 1 to 100, found 0'],
    ['a cursor that was tampered with', '(after: "bm9uc2Vuc2U")', 'INVALID_CURSOR', 'Expected a cursor'],
  ])('refuses %s', async (_, args, code, message) => {
    const { errors } = await list(args);
    expect(errors).toMatchObject([{ message: expect.stringContaining(message), extensions: { code } }]);
  });
});
