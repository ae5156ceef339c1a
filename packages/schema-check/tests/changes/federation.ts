import { breaking, type ChangeCase, safe } from './change-case.ts';

const rating = 'query Q { book(id: 1) { rating } }';
const slogan = 'query Q { book(id: 1) { slogan } }';

/** What only the federation knows of: clients see it by its consequences, if at all. */
export const federationChanges: readonly ChangeCase[] = [
  {
    title: 'a key is added',
    edits: [
      ['reviews', 'type Review @key(fields: "id")', 'type Review @key(fields: "id") @key(fields: "text")'],
    ],
    change: null,
    operation: 'query Q { topReview { text } }',
    withOperation: 'passes',
  },
  {
    title: 'a key is removed that nobody enters by',
    given: [
      [
        'catalog',
        '@key(fields: "id") { id: ID! name: String! born: Int }',
        '@key(fields: "id") @key(fields: "name") { id: ID! name: String! born: Int }',
      ],
    ],
    edits: [['catalog', ' @key(fields: "name")', '']],
    change: null,
    operation: 'query Q { book(id: 1) { author { name } } }',
    withOperation: 'passes',
  },
  {
    title: 'a field requires another one as well',
    edits: [
      ['shop', 'subtitle: String @external', 'subtitle: String @external name: String! @external'],
      ['shop', '@requires(fields: "subtitle")', '@requires(fields: "subtitle name")'],
    ],
    change: null,
    operation: slogan,
    withOperation: 'passes',
  },
  {
    title: 'a field requires nothing any more',
    edits: [
      ['shop', 'subtitle: String @external', ''],
      ['shop', ' @requires(fields: "subtitle")', ''],
    ],
    change: null,
    operation: slogan,
    withOperation: 'passes',
  },
  {
    title: 'a field provides another one',
    edits: [
      ['reviews', 'book: Book!', 'book: Book! @provides(fields: "name")'],
      ['reviews', 'rating: Float', 'rating: Float name: String! @external'],
    ],
    given: [['catalog', 'name: String!\n', 'name: String! @shareable\n']],
    change: null,
    operation: 'query Q { topReview { book { name } } }',
    withOperation: 'passes',
  },
  {
    title: 'a field becomes shareable, and another subgraph answers it too',
    edits: [
      ['catalog', 'tags: [String!]!', 'tags: [String!]! @shareable'],
      ['shop', 'cents: Int slogan', 'cents: Int tags: [String!]! @shareable slogan'],
    ],
    change: null,
    operation: 'query Q { book(id: 1) { tags } }',
    withOperation: 'passes',
  },
  {
    title: 'a field becomes inaccessible',
    edits: [['reviews', 'rating: Float', 'rating: Float @inaccessible']],
    change: breaking('FIELD_REMOVED', 'Book.rating'),
    operation: rating,
    withOperation: 'fails',
  },
  {
    title: 'a field becomes accessible',
    given: [['reviews', 'pagesRead: Int', 'pagesRead: Int @inaccessible']],
    edits: [['reviews', 'pagesRead: Int @inaccessible', 'pagesRead: Int']],
    change: safe('FIELD_ADDED', 'Book.pagesRead'),
    operation: rating,
    withOperation: 'passes',
  },
  {
    title: 'a type becomes inaccessible with what returns it',
    edits: [
      ['shop', 'offers: [Offer!]!', 'offers: [Offer!]! @inaccessible'],
      ['shop', 'type Offer {', 'type Offer @inaccessible {'],
      ['shop', 'type Query {', 'type Query { shopName: String'],
    ],
    change: breaking('TYPE_REMOVED', 'Offer'),
    operation: 'query Q { offers { cents } }',
    withOperation: 'fails',
  },
  {
    title: 'a value of an enum becomes inaccessible',
    edits: [['catalog', 'TITLE NEWEST', 'TITLE NEWEST @inaccessible']],
    change: breaking('ENUM_VALUE_REMOVED', 'BookSort.NEWEST'),
    operation: 'query Q { books(sort: NEWEST) { name } }',
    withOperation: 'fails',
    bystander: 'query B { books(sort: TITLE) { name } }',
  },
  {
    title: 'a field is overridden by another subgraph',
    edits: [['shop', 'cents: Int slogan', 'cents: Int rating: Float @override(from: "reviews") slogan']],
    change: null,
    operation: rating,
    withOperation: 'passes',
  },
  {
    title: 'a field is overridden by another subgraph for a part of the calls',
    edits: [
      [
        'shop',
        'cents: Int slogan',
        'cents: Int rating: Float @override(from: "reviews", label: "percent(10)") slogan',
      ],
    ],
    change: null,
    operation: rating,
    withOperation: 'passes',
  },
  {
    title: 'a field moves to another subgraph as it is',
    edits: [
      ['reviews', 'rating: Float ', ''],
      ['shop', 'cents: Int slogan', 'cents: Int rating: Float slogan'],
    ],
    change: null,
    operation: rating,
    withOperation: 'passes',
  },
  {
    title: 'a field moves to another subgraph and loses its type on the way',
    edits: [
      ['reviews', 'rating: Float ', ''],
      ['shop', 'cents: Int slogan', 'cents: Int rating: String slogan'],
    ],
    change: breaking('FIELD_TYPE_CHANGED', 'Book.rating'),
    operation: rating,
    withOperation: 'fails',
  },
  {
    title: 'a whole subgraph goes',
    edits: [
      ['shop', 'type Query { offers: [Offer!]! }', ''],
      ['shop', 'slogan: String @requires(fields: "subtitle")', ''],
      ['shop', 'subtitle: String @external', ''],
    ],
    change: breaking('FIELD_REMOVED', 'Book.slogan'),
    operation: slogan,
    withOperation: 'fails',
  },
  {
    title: 'a field gets a tag',
    edits: [['reviews', 'rating: Float', 'rating: Float @tag(name: "staff")']],
    change: null,
    operation: rating,
    withOperation: 'passes',
  },
  {
    title: 'a list becomes nullable in one of two subgraphs that share it',
    given: [
      ['catalog', 'tags: [String!]!', 'tags: [String!]! @shareable'],
      ['shop', 'cents: Int slogan', 'cents: Int tags: [String!]! @shareable slogan'],
    ],
    edits: [['shop', 'tags: [String!]! @shareable', 'tags: [String!] @shareable']],
    change: breaking('FIELD_TYPE_CHANGED', 'Book.tags'),
    operation: 'query Q { book(id: 1) { tags } }',
    withOperation: 'fails',
  },
];
