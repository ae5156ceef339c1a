import { guest } from '@stoa/identity';
import { createDirectory, type LocalServices, localServices } from '@stoa/rpc';
import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogRpc } from '../src/rpc/client.ts';
import { catalog } from '../src/subgraph.ts';
import { type SavedProduct, type StaffDesk, staffDesk } from './staff-desk.ts';

const missingId = '019b81de-7b00-7d0e-9acf-860b4635d334';

describe.each(databaseEngines)('GetVariants on $engine', ({ freshUrl }) => {
  let services: LocalServices;
  let subgraph: TestSubgraph;
  let desk: StaffDesk;
  let shirt: SavedProduct;
  beforeAll(async () => {
    services = localServices();
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl(), services });
    desk = staffDesk(subgraph);
    shirt = await desk.sizedProduct('SHIRT', {
      name: 'Linen shirt',
      translations: [
        { locale: 'de', name: 'Leinenhemd' },
        { locale: 'de-CH', name: 'Leinenhemli' },
      ],
    });
  });
  afterAll(() => subgraph.stop());

  const getVariants = async (variantIds: readonly (string | undefined)[], locale = 'en') => {
    const directory = createDirectory({
      contextSecret: subgraph.contextSecret,
      transportTo: services.transportTo,
    });
    const client = directory.client(catalogRpc, {
      viewer: guest,
      requestId: 'test',
      channel: 'default',
      currency: 'EUR',
      locale: 'en',
    });
    const { variants } = await client.getVariants({ variantIds: variantIds.map((id) => id ?? ''), locale });
    return variants.map(({ id, productId, sku, name }) => ({ id, productId, sku, name }));
  };

  it('gives the variants in the order asked for, named as on an order', async () => {
    const [small, medium] = shirt.variants;
    expect(await getVariants([medium?.id, small?.id, medium?.id])).toEqual([
      { id: medium?.id, productId: shirt.id, sku: 'SHIRT-M', name: 'Linen shirt – M' },
      { id: small?.id, productId: shirt.id, sku: 'SHIRT-S', name: 'Linen shirt – S' },
    ]);
  });

  it.each([
    ['de-CH', 'Leinenhemli – S'],
    ['de-AT', 'Leinenhemd – S'],
    ['fr', 'Linen shirt – S'],
    ['', 'Linen shirt – S'],
  ])('names them in the nearest language: %j', async (locale, name) => {
    expect(await getVariants([shirt.variants[0]?.id], locale)).toMatchObject([{ name }]);
  });

  it('names a variant by its own name, and one without any as its product', async () => {
    const card = await desk.product({ name: 'Gift card', variants: [{ sku: 'CARD' }] });
    const set = await desk.product({ name: 'Mugs', variants: [{ sku: 'SET', name: 'Set of four' }] });
    expect(await getVariants([card.variants[0]?.id, set.variants[0]?.id])).toMatchObject([
      { name: 'Gift card' },
      { name: 'Mugs – Set of four' },
    ]);
  });

  it('leaves out what is archived, missing, or no id', async () => {
    const half = await desk.sizedProduct('HALF');
    const gone = await desk.sizedProduct('GONE');
    await desk.run('archiveVariant', { id: half.variants[0]?.id });
    await desk.run('archiveProduct', { id: gone.id });
    const asked = [...half.variants, ...gone.variants].map(({ id }) => id);
    expect(await getVariants([...asked, missingId, '\u0000', ''])).toMatchObject([{ sku: 'HALF-M' }]);
    expect(await getVariants([])).toEqual([]);
  });

  it('asks the database once, however many variants there are', async () => {
    const ids = shirt.variants.map(({ id }) => id);
    expect(await subgraph.statementsOf(() => getVariants(ids, 'de-CH'))).toHaveLength(1);
  });

  it('refuses more ids than an order could have', async () => {
    await expect(getVariants(Array(1_001).fill(missingId))).rejects.toThrow(
      'Expected at most 1000 variants, found 1001',
    );
  });
});
