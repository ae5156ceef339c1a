import { expect, it } from 'vitest';
import { demoAccounts, demoCollections, demoFacets, demoLocations } from './index.ts';

it('has twenty collections, described in three languages', () => {
  const collections = demoCollections();
  expect(collections).toHaveLength(20);
  expect(new Set(collections.map((collection) => collection.slug)).size).toBe(20);
  const mute = collections.filter(({ name, description, translations: { de, fr } }) =>
    [name, description, de.name, de.description, fr.name, fr.description].some((text) => text.length === 0),
  );
  expect(mute).toEqual([]);
});

it('has ten facet values in three facets, each with a code of its own', () => {
  const counts = demoFacets().map((facet) => [facet.code, facet.values.length]);
  expect(counts).toEqual([
    ['colour', 4],
    ['material', 3],
    ['season', 3],
  ]);
  expect(new Set(demoFacets().flatMap((facet) => facet.values.map((value) => value.code))).size).toBe(10);
});

it('keeps its stock in Germany and in Britain', () => {
  expect(demoLocations().map((location) => location.country)).toEqual(['DE', 'GB']);
});

it('has an account for each role, under a domain that nobody can own', () => {
  expect(demoAccounts().map(({ email, roles }) => [email, roles])).toEqual([
    ['customer@stoa.example', ['CUSTOMER']],
    ['staff@stoa.example', ['CUSTOMER', 'STAFF']],
    ['admin@stoa.example', ['CUSTOMER', 'STAFF', 'ADMIN']],
  ]);
});

it('gives each account a password of its own, long enough for a strict rule', () => {
  const passwords = demoAccounts().map((account) => account.password);
  expect(new Set(passwords).size).toBe(3);
  expect(passwords.filter((password) => password.length < 12)).toEqual([]);
});
