/** How large a generated graph is. */
export interface GraphSize {
  readonly subgraphs: number;
  /** Fields of all object, interface and input types together, about. */
  readonly fields: number;
  readonly operations: number;
}

/** A file of a generated repository, its path relative to the root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Fields of a subgraph that do not grow with its size. */
const fixedFields = 49;

/**
 * A repository of the form of this one, with a graph of the given size: the same one for the same size. Every subgraph
 * owns an entity, refers to the entities of others, adds fields to them, and has mutations, inputs, enums, a proto file
 * and an event, as the subgraphs of a real graph do.
 */
export function generatedGraph(size: GraphSize): GeneratedFile[] {
  const numbers = Array.from({ length: size.subgraphs }, (_, index) => index);
  const ownFields = Math.max(4, Math.ceil(size.fields / size.subgraphs) - fixedFields);
  return [
    { path: 'rover.yaml', text: registry(numbers) },
    { path: 'buf.yaml', text: 'version: v2\nlint:\n  use:\n    - STANDARD\nbreaking:\n  use:\n    - FILE\n' },
    { path: 'schema/contracts.yaml', text: contracts },
    ...numbers.flatMap((number) => [
      {
        path: `subgraphs/${nameOf(number)}/schema.graphql`,
        text: schemaOf(number, size.subgraphs, ownFields),
      },
      {
        path: `subgraphs/${nameOf(number)}/proto/bench/d${number}/v1/d${number}.proto`,
        text: protoOf(number),
      },
      { path: `schema/events/d${letters(number)}.item-changed.v1.json`, text: eventOf(number) },
    ]),
    ...operationsOf(size, ownFields),
  ];
}

function nameOf(number: number): string {
  return `domain-${number}`;
}

function registry(numbers: readonly number[]): string {
  const entries = numbers.map(
    (number) =>
      `  ${nameOf(number)}:\n    routing_url: http://localhost:${10_000 + number}/graphql\n` +
      `    schema:\n      file: ./subgraphs/${nameOf(number)}/schema.graphql\n`,
  );
  return `federation_version: =2.14.4\nsubgraphs:\n${entries.join('')}`;
}

const contracts = `variants:
  public:
    exclude: [staff]
  staff: {}
`;

function schemaOf(number: number, count: number, ownFields: number): string {
  const item = `Item${number}`;
  const next = `Item${(number + 1) % count}`;
  const far = `Item${(number * 7 + 3) % count}`;
  const contributed = [...new Set([next, far])].filter((name) => name !== item);
  const flat = Math.ceil(ownFields * 0.6);
  return `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key", "@shareable", "@tag"])

type Query {
  "One item, by its id."
  item${number}("Which item." id: ID!): ${item}
  "Items, a page at a time."
  items${number}(
    "How many from the start, 100 at most."
    first: Int = 20
    "After this cursor."
    after: String
    "How many from the end, 100 at most."
    last: Int
    "Before this cursor."
    before: String
    "Which ones."
    filter: Item${number}Filter
  ): ${item}Connection!
  "How many there are in all. For staff."
  countOfItems${number}: Int! @tag(name: "staff")
}

type Mutation {
  "Makes an item."
  createItem${number}("What to make." input: CreateItem${number}Input!): CreateItem${number}Result!
  "Takes an item away. For staff."
  removeItem${number}("What to take away." input: RemoveItem${number}Input!): RemoveItem${number}Result! @tag(name: "staff")
}

"What domain ${number} is about."
type ${item} @key(fields: "id") {
  "Opaque and time-ordered."
  id: ID!
  "What people call it."
  name: String!
  "In which state it is."
  state: Item${number}State!
  "What one costs."
  price: Money!
  "More about it."
  details: ${item}Details!
  "What comes after it."
  next: ${next}
  "What goes with it."
  companion: ${far}
${fieldLines('field', flat, number)}
}

"More about an item of domain ${number}."
type ${item}Details {
  "In a sentence."
  summary: String
${fieldLines('detail', ownFields - flat, number)}
}

${contributed
  .map(
    (name, index) => `type ${name} @key(fields: "id") {
  "Opaque and time-ordered."
  id: ID!
  "What domain ${number} notes about it."
  noteOf${number}: String
  "How domain ${number} rates it, from 1 to 5."
  ratingOf${number}: Int
  "The item of domain ${number} that belongs to it."
  ${index === 0 ? 'owned' : 'linked'}Item${number}: ${item}
}
`,
  )
  .join('\n')}
"A page of items."
type ${item}Connection {
  "With their cursors."
  edges: [${item}Edge!]!
  "Without their cursors."
  nodes: [${item}!]!
  "Where the page lies."
  pageInfo: PageInfo!
  "How many there are in all, counted when it is asked for."
  totalCount: Int
}

"An item and where it stands in the list."
type ${item}Edge {
  "Where it stands."
  cursor: String!
  "The item."
  node: ${item}!
}

"Where a page lies."
type PageInfo @shareable {
  "Whether more follow."
  hasNextPage: Boolean!
  "Whether more come before."
  hasPreviousPage: Boolean!
  "The first cursor."
  startCursor: String
  "The last cursor."
  endCursor: String
}

"An amount in the smallest unit of its currency."
type Money @shareable {
  "How much."
  amount: Int!
  "ISO 4217."
  currency: String!
}

"A failure that a caller must expect."
interface UserError {
  "For programs."
  code: String!
  "For people."
  message: String!
}

"In which state an item is."
enum Item${number}State {
  "It can be had."
  ACTIVE
  "It can no longer be had."
  RETIRED
}

"Which items."
input Item${number}Filter {
  "In this state."
  state: Item${number}State
  "Whose name begins so."
  nameStartsWith: String
  "At least this price, in the smallest unit."
  minimumAmount: Int
}

"What to make."
input CreateItem${number}Input {
  "What people call it."
  name: String!
  "In which state it is."
  state: Item${number}State! = ACTIVE
}

"What to take away."
input RemoveItem${number}Input {
  "Which item."
  id: ID!
}

"What createItem${number} answers."
union CreateItem${number}Result = ${item} | Item${number}RefusedError

"What removeItem${number} answers."
union RemoveItem${number}Result = Item${number}Removed | Item${number}RefusedError

"The item is gone."
type Item${number}Removed {
  "Which item."
  itemId: ID!
}

"The item cannot be made or taken away."
type Item${number}RefusedError implements UserError {
  "ITEM_REFUSED."
  code: String!
  "Why."
  message: String!
  "What is wrong with it."
  field: String
}
`;
}

const scalars = ['String', 'Int', 'Boolean', 'ID', '[String!]'];

function fieldLines(prefix: string, count: number, number: number): string {
  return Array.from({ length: count }, (_, index) => {
    const type = scalars[(index + number) % scalars.length];
    return `  "Number ${index} of what domain ${number} knows."\n  ${prefix}${index}: ${type}`;
  }).join('\n');
}

function protoOf(number: number): string {
  const name = `D${number}`;
  return `syntax = "proto3";

package bench.d${number}.v1;

service ${name}Service {
  rpc GetItem(GetItemRequest) returns (GetItemResponse);
}

message GetItemRequest {
  string id = 1;
}

message GetItemResponse {
  string name = 1;
  int64 amount = 2;
}
`;
}

/** A name of an event has no digits. */
function letters(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

function eventOf(number: number): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `d${letters(number)}.item-changed.v1`,
    type: 'object',
    properties: { itemId: { type: 'string' }, change: { type: 'string', enum: ['CREATED', 'REMOVED'] } },
    required: ['itemId', 'change'],
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

const documentsPerClient = 100;

function operationsOf({ subgraphs, operations }: GraphSize, ownFields: number): GeneratedFile[] {
  const clients = Math.ceil(operations / documentsPerClient);
  return [
    ...Array.from({ length: clients }, (_, client) => ({
      path: `schema/operations/client-${client}/client.yaml`,
      text: `name: client-${client}\nversion: 1.0.0\n`,
    })),
    ...Array.from({ length: operations }, (_, index) => ({
      path: `schema/operations/client-${Math.floor(index / documentsPerClient)}/operation${index}.graphql`,
      text: operationOf(index, subgraphs, ownFields),
    })),
  ];
}

/** Of every ten, six read an item and what others say of it, three a list, and one makes something. */
function operationOf(index: number, count: number, ownFields: number): string {
  const number = (index * 13) % count;
  const before = (number + count - 1) % count;
  const next = (number + 1) % count;
  const far = (number * 7 + 3) % count;
  const flat = Math.ceil(ownFields * 0.6);
  const own = (of: number) =>
    Array.from({ length: 6 }, (_, offset) => `field${(index + offset * 5 + of) % flat}`)
      .filter((name, at, all) => all.indexOf(name) === at)
      .join(' ');
  const aboutNext =
    next === number ? '' : `next { name ${own(1)} noteOf${number} price { amount currency } }`;
  const aboutFar = far === number ? '' : `companion { name ${own(2)} details { summary } }`;
  const contributed = before === number ? '' : `noteOf${before} ratingOf${before}`;
  switch (index % 10) {
    case 0:
      return `mutation Operation${index}($input: CreateItem${number}Input!) {
  createItem${number}(input: $input) {
    __typename
    ... on Item${number} { id name ${own(0)} ${contributed} }
    ... on UserError { code message }
  }
}
`;
    case 1:
    case 2:
    case 3:
      return `query Operation${index}($first: Int, $after: String, $filter: Item${number}Filter) {
  items${number}(first: $first, after: $after, filter: $filter) {
    nodes { id name state ${own(0)} price { amount currency } ${contributed} ${aboutNext} }
    pageInfo { hasNextPage endCursor }
  }
}
`;
    default:
      return `query Operation${index}($id: ID!) {
  item${number}(id: $id) { id name state ${own(0)} details { summary detail0 } ${contributed} ${aboutNext} ${aboutFar} }
}
`;
  }
}
