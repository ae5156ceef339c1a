import { describe, expect, it, test } from 'vitest';
import { NewSubgraphError } from './new-subgraph-error.ts';
import { subgraphNames } from './subgraph-names.ts';

it('makes every name of the subgraph from its own', () => {
  expect(subgraphNames('gift-cards')).toEqual({
    subgraph: 'gift-cards',
    module: 'giftCards',
    database: 'gift_cards',
    variable: 'GIFT_CARDS',
    type: 'GiftCard',
    one: 'giftCard',
    many: 'giftCards',
    Many: 'GiftCards',
    file: 'gift-card',
    files: 'gift-cards',
    table: 'gift_card',
    words: 'gift card',
    manyWords: 'gift cards',
    ManyWords: 'Gift cards',
    article: 'a',
    Article: 'A',
  });
});

test.each([
  ['wishlist', 'Wishlist', 'wishlists'],
  ['reviews', 'Review', 'reviews'],
  ['categories', 'Category', 'categories'],
  ['addresses', 'Address', 'addresses'],
  ['boxes', 'Box', 'boxes'],
  ['bus', 'Bus', 'buses'],
  ['analysis', 'Analysis', 'analysises'],
  ['b2b-offers', 'B2bOffer', 'b2bOffers'],
])('a subgraph %s has the type %s and the list %s', (name, type, many) => {
  expect(subgraphNames(name)).toMatchObject({ type, many });
});

test.each([
  ['Membership', { one: 'membership', many: 'memberships', table: 'membership', article: 'a' }],
  ['APIKey', { one: 'apiKey', many: 'apiKeys', table: 'api_key', article: 'an' }],
  ['LoyaltyTier2', { one: 'loyaltyTier2', file: 'loyalty-tier2' }],
])('an entity can have the type %s of its own', (type, names) => {
  expect(subgraphNames('loyalty', type)).toMatchObject({
    subgraph: 'loyalty',
    module: 'loyalty',
    type,
    ...names,
  });
});

describe('a name that cannot be used is refused', () => {
  test.each([
    ['capitals', 'Wishlist', undefined, 'found "Wishlist"'],
    ['an underscore', 'gift_cards', undefined, 'lower-case letters, digits and hyphens'],
    ['nothing', '', undefined, 'found ""'],
    ['a hyphen at its end', 'gift-', undefined, 'found "gift-"'],
    ['a digit first', '2-for-1', undefined, 'found "2-for-1"'],
    ['a way out of the folder', '../orders', undefined, 'found "../orders"'],
    ['too many letters', 'x'.repeat(41), undefined, 'at most 40 long'],
    ['a type in lower case', 'loyalty', 'membership', 'Expected a type in PascalCase'],
    ['a type with a hyphen', 'loyalty', 'Gift-Card', 'found "Gift-Card"'],
    ['a type of GraphQL', 'queries', undefined, 'The type cannot be called Query'],
    ['a type of every subgraph', 'loyalty', 'PageInfo', 'The type cannot be called PageInfo'],
    ['a type of the code', 'loyalty', 'Context', 'The type cannot be called Context'],
    ['a reserved word', 'class', 'Course', 'can be called class'],
    ['a reserved word as its entity', 'loyalty', 'New', 'can be called new'],
    ['a name of the code', 'resolvers', 'Resolution', 'can be called resolvers'],
  ])('%s', (_, name, type, message) => {
    const make = () => subgraphNames(name, type);
    expect(make).toThrow(NewSubgraphError);
    expect(make).toThrow(message);
  });
});
