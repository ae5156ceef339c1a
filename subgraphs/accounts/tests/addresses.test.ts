import type { Viewer } from '@stoa/identity';
import { databaseEngines } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SignedUp, startAccounts, type TestAccounts, viewerWith } from './start-accounts.ts';

const fields = 'id recipient line1 line2 city region postalCode country phone';
const result = `... on Address { ${fields} } ... on UserError { code message } ... on InvalidInputError { field }`;
const home = { recipient: 'Ada Lovelace', line1: '12 St James’s Square', city: 'London', country: 'GB' };
const empty = { line2: null, region: null, postalCode: null, phone: null };

describe.each(databaseEngines)('an address book on $engine', ({ freshUrl }) => {
  let accounts: TestAccounts;
  let ada: SignedUp;
  let bob: SignedUp;
  const staff = viewerWith(crypto.randomUUID(), 'STAFF');
  beforeAll(async () => {
    accounts = await startAccounts({ databaseUrl: freshUrl() });
    [ada, bob] = [await accounts.newUser(), await accounts.newUser()];
  });
  afterAll(() => accounts.stop());

  const add = (input: object, as: Viewer | undefined = ada.viewer) =>
    accounts.mutate('addAddress', { ...home, ...input }, result, as);
  const update = (input: object, as: Viewer | undefined = ada.viewer) =>
    accounts.mutate('updateAddress', input, result, as);
  const remove = (id: string, as: Viewer | undefined = ada.viewer) =>
    accounts.mutate(
      'removeAddress',
      { id },
      '... on AddressRemoved { id } ... on UserError { code message }',
      as,
    );
  const bookOf = async (as: Viewer) => {
    const selection = `addresses { ${fields} } defaultShippingAddress { id } defaultBillingAddress { id }`;
    return (await accounts.query(`{ me { ${selection} } }`, {}, as)).data.me;
  };
  const notFound = { __typename: 'AddressNotFoundError', code: 'ADDRESS_NOT_FOUND' };

  test('keeps addresses, oldest first', async () => {
    const { viewer } = await accounts.newUser();
    const first = await add(
      { line2: ' 2nd floor ', postalCode: 'SW1Y 4LE', country: 'gb', phone: '+44 20 7946 0000' },
      viewer,
    );
    expect(first).toEqual({
      __typename: 'Address',
      id: expect.any(String),
      ...home,
      ...empty,
      line2: '2nd floor',
      postalCode: 'SW1Y 4LE',
      phone: '+44 20 7946 0000',
    });
    const second = await add({ city: 'Ockham', region: 'Surrey' }, viewer);
    const { addresses } = await bookOf(viewer);
    expect(addresses).toEqual([first, second].map(({ __typename, ...address }) => address));
  });

  test('has one default for deliveries and one for invoices: the last that was marked', async () => {
    const { viewer } = await accounts.newUser();
    const first = await add({ isDefaultShipping: true, isDefaultBilling: true }, viewer);
    expect(await bookOf(viewer)).toMatchObject({
      defaultShippingAddress: { id: first.id },
      defaultBillingAddress: { id: first.id },
    });
    const second = await add({ isDefaultShipping: true }, viewer);
    expect(await bookOf(viewer)).toMatchObject({
      defaultShippingAddress: { id: second.id },
      defaultBillingAddress: { id: first.id },
    });
    await update({ id: second.id, isDefaultBilling: true, isDefaultShipping: false }, viewer);
    expect(await bookOf(viewer)).toMatchObject({
      defaultShippingAddress: null,
      defaultBillingAddress: { id: second.id },
    });
    await remove(second.id, viewer);
    expect(await bookOf(viewer)).toMatchObject({
      defaultBillingAddress: null,
      addresses: [{ id: first.id }],
    });
  });

  test('has one default when two are marked at once', async () => {
    const { viewer } = await accounts.newUser();
    const results = await Promise.all(
      Array.from({ length: 4 }, () => add({ isDefaultShipping: true }, viewer)),
    );
    expect(results.map(({ __typename }) => __typename)).toEqual(Array(4).fill('Address'));
    const rows = await accounts.subgraph.database.em
      .getConnection()
      .execute('select id from address where user_id = ? and is_default_shipping = true', [viewer.id]);
    expect(rows).toHaveLength(1);
  });

  test('holds fifty, also when several are added at once', async () => {
    const { viewer } = await accounts.newUser();
    for (let count = 1; count <= 48; count += 1) await add({}, viewer);
    const results = await Promise.all(Array.from({ length: 5 }, () => add({}, viewer)));
    expect(results.filter(({ __typename }) => __typename === 'Address')).toHaveLength(2);
    const { data } = await accounts.query(
      `mutation ($input: AddAddressInput!) { addAddress(input: $input) { ... on TooManyAddressesError { code maximum } } }`,
      { input: home },
      viewer,
    );
    expect(data.addAddress).toEqual({ code: 'TOO_MANY_ADDRESSES', maximum: 50 });
    expect((await bookOf(viewer)).addresses).toHaveLength(50);
  });

  test('changes what is given, empties what is null, and keeps the rest', async () => {
    const { id } = await add({ line2: 'Flat 1', region: 'Greater London' });
    expect(await update({ id, city: 'Bath', line2: null })).toEqual({
      __typename: 'Address',
      id,
      ...home,
      ...empty,
      city: 'Bath',
      region: 'Greater London',
    });
    expect(await update({ id })).toMatchObject({ city: 'Bath', line2: null, region: 'Greater London' });
  });

  test.each([
    ['input.recipient', { recipient: ' ' }],
    ['input.line1', { line1: 'a'.repeat(201) }],
    ['input.city', { city: '' }],
    ['input.country', { country: 'Britain' }],
    ['input.phone', { phone: 'none' }],
  ])('takes no bad %s, neither new nor in a change', async (field, bad) => {
    const before = await bookOf(bob.viewer);
    expect(await add(bad, bob.viewer)).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      field,
    });
    expect(await bookOf(bob.viewer)).toEqual(before);
    const address = await add({});
    expect(await update({ id: address.id, ...bad })).toMatchObject({
      __typename: 'InvalidInputError',
      field,
    });
    expect(await update({ id: address.id })).toEqual(address);
  });

  test('takes no null for a line that an address must have', async () => {
    const { id } = await add({});
    expect(await update({ id, city: null })).toMatchObject({
      __typename: 'InvalidInputError',
      field: 'input.city',
    });
  });

  test('is closed to others: to them an address is not there, as if it had never been', async () => {
    const address = await add({});
    const missing = crypto.randomUUID();
    for (const id of [address.id, missing, 'no id', 'nul\u0000']) {
      expect(await update({ id, city: 'Bath' }, bob.viewer)).toMatchObject(notFound);
      expect(await remove(id, bob.viewer)).toMatchObject(notFound);
    }
    const messages = await Promise.all(
      [address.id, missing].map(async (id) => (await remove(id, bob.viewer)).message),
    );
    expect(messages[0]).toBe(messages[1]);
    expect(await update({ id: address.id })).toEqual(address);
  });

  test('is closed to the staff’s writing as well', async () => {
    const address = await add({});
    const other = await accounts.newUser();
    expect(
      await remove(address.id, { ...other.viewer, roles: ['CUSTOMER', 'STAFF', 'ADMIN'] }),
    ).toMatchObject(notFound);
  });

  test('is closed to guests', async () => {
    for (const operation of [
      'addAddress(input: { recipient: "A", line1: "1", city: "Bath", country: "GB" })',
      `updateAddress(input: { id: "${crypto.randomUUID()}" })`,
      `removeAddress(input: { id: "${crypto.randomUUID()}" })`,
    ]) {
      const { errors } = await accounts.query(`mutation { ${operation} { __typename } }`);
      expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    }
  });

  test('loses an address once', async () => {
    const { id } = await add({});
    expect(await remove(id)).toEqual({ __typename: 'AddressRemoved', id });
    expect(await remove(id)).toMatchObject(notFound);
  });

  test('shows its addresses to other subgraphs as far as the viewer may see them, with one query', async () => {
    const [mine, theirs] = [await add({}), await add({ city: 'Bath' }, bob.viewer)];
    const representations = [theirs.id, crypto.randomUUID(), mine.id, 'no id'].map((id) => ({
      __typename: 'Address',
      id,
    }));
    const citiesFor = async (as?: Viewer) => {
      const { data } = await accounts.entities(representations, '... on Address { city }', as);
      return data.map((address) => address?.city ?? null);
    };
    expect(await citiesFor(ada.viewer)).toEqual([null, null, 'London', null]);
    expect(await citiesFor(staff)).toEqual(['Bath', null, 'London', null]);
    expect(await citiesFor()).toEqual([null, null, null, null]);
    expect(await accounts.statementsOf(() => citiesFor(staff))).toHaveLength(1);
  });

  test('refuses a country of the wrong type before anything runs', async () => {
    const { errors } = await accounts.query(
      'mutation { addAddress(input: { recipient: "A", line1: "1", city: "B", country: 49 }) { __typename } }',
      {},
      ada.viewer,
    );
    expect(errors[0]?.message).toContain('country');
  });
});
