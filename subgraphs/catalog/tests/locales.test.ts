import { databaseEngines, type TestSubgraph, testSubgraph } from '@stoa/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalog } from '../src/subgraph.ts';
import { staffDesk } from './staff-desk.ts';

const names = (en: string, de: string) => ({ name: en, translations: [{ locale: 'de', name: de }] });

describe.each(databaseEngines)('texts on $engine', ({ freshUrl }) => {
  let subgraph: TestSubgraph;
  beforeAll(async () => {
    subgraph = await testSubgraph(catalog, { databaseUrl: freshUrl() });
    const desk = staffDesk(subgraph);
    const facet = await desk.run(
      'createFacet',
      { code: 'colour', ...names('Colour', 'Farbe'), values: [{ code: 'blue', ...names('Blue', 'Blau') }] },
      '... on Facet { values { id } }',
    );
    const collection = await desk.run(
      'createCollection',
      { slug: 'shirts', description: 'To wear.', ...names('Shirts', 'Hemden') },
      '... on Collection { id }',
    );
    await desk.product({
      slug: 'shirt',
      name: 'Shirt',
      description: 'Of linen.',
      translations: [
        { locale: 'de', name: 'Hemd', description: 'Aus Leinen.' },
        { locale: 'de-CH', name: 'Hemli' },
      ],
      options: [
        { code: 'colour', ...names('Colour', 'Farbe'), values: [{ code: 'blue', ...names('Blue', 'Blau') }] },
      ],
      variants: [{ sku: 'SHIRT', options: [{ option: 'colour', value: 'blue' }] }],
      facetValueIds: facet.values.map(({ id }: { id: string }) => id),
      collectionIds: [collection.id],
    });
  });
  afterAll(() => subgraph.stop());

  const german = (name: string) => ({
    name,
    description: 'Aus Leinen.',
    options: [{ name: 'Farbe', values: [{ name: 'Blau' }] }],
    variants: [{ name: 'Blau', options: [{ name: 'Blau' }] }],
    facetValues: [{ name: 'Blau', facet: { name: 'Farbe' } }],
    // A translation without a description leaves that to the default language.
    collections: [{ name: 'Hemden', description: 'To wear.' }],
  });
  const english = {
    name: 'Shirt',
    description: 'Of linen.',
    options: [{ name: 'Colour', values: [{ name: 'Blue' }] }],
    variants: [{ name: 'Blue', options: [{ name: 'Blue' }] }],
    facetValues: [{ name: 'Blue', facet: { name: 'Colour' } }],
    collections: [{ name: 'Shirts', description: 'To wear.' }],
  };

  it.each([
    ['de', german('Hemd')],
    ['de-AT', german('Hemd')],
    ['de-CH', german('Hemli')],
    ['en', english],
    ['en-GB', english],
    ['ja', english],
    ['no language at all', english],
  ])('are in the language of the request or the nearest one: %s', async (locale, expected) => {
    const { data } = await subgraph.query(
      `{ product(slug: "shirt") { name description options { name values { name } } variants { name options { name } }
        facetValues { name facet { name } } collections { name description } } }`,
      {},
      { locale },
    );
    expect(data.product).toEqual(expected);
  });

  it('are in the language that a field asks for, whatever that of the request', async () => {
    const { data } = await subgraph.query(
      `{ product(slug: "shirt") { swiss: name(locale: "de-ch") english: name(locale: "en") variants { name(locale: "de") }
        options { name(locale: "de") values { name(locale: "de") } } facetValues { name(locale: "de") }
        collections { name(locale: "de") } } facets { name(locale: "de") } }`,
      {},
      { locale: 'fr' },
    );
    expect(data).toEqual({
      product: {
        swiss: 'Hemli',
        english: 'Shirt',
        variants: [{ name: 'Blau' }],
        options: [{ name: 'Farbe', values: [{ name: 'Blau' }] }],
        facetValues: [{ name: 'Blau' }],
        collections: [{ name: 'Hemden' }],
      },
      facets: [{ name: 'Farbe' }],
    });
  });

  it('ask for no translations in the default language', async () => {
    const statements = await subgraph.statementsOf(() =>
      subgraph.query('{ product(slug: "shirt") { name description } }'),
    );
    expect(statements).toHaveLength(1);
  });

  it.each(['not a tag', '', '\u0000'])('are not to be had in %j', async (locale) => {
    const { errors } = await subgraph.query(
      'query ($locale: Locale) { product(slug: "shirt") { name(locale: $locale) } }',
      { locale },
    );
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('Expected a BCP 47 language tag'),
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});
