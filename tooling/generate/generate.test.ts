import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { repository, type TemporaryTree, temporaryTree } from '../temporary-tree.ts';
import { generate } from './generate.ts';

// Each test starts whole programs: a second alone, far more on a machine that is busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let tree: TemporaryTree;
let root: string;
let given: TemporaryTree['given'];

beforeEach(() => {
  tree = temporaryTree();
  ({ root, given } = tree);
  given('buf.yaml', readFileSync(join(repository, 'buf.yaml'), 'utf8'));
  tree.link('node_modules', join(repository, 'node_modules'));
  given('package.json', '{ "type": "module" }');
  given(
    'tsconfig.json',
    JSON.stringify({
      extends: join(repository, 'tsconfig.json'),
      include: ['subgraphs'],
      exclude: ['node_modules'],
    }),
  );
});
afterEach(() => {
  tree.remove();
});

/** What tsc says about the temporary tree; empty when it type-checks. */
function typeErrors(): Promise<string> {
  return new Promise((done) => {
    const tsc = join(repository, 'node_modules/typescript/bin/tsc');
    execFile(process.execPath, [tsc, '-p', root], { cwd: root }, (_error, stdout) => done(stdout));
  });
}

const ordersSchema = /* GraphQL */ `
  extend schema
    @link(
      url: "https://specs.apollo.dev/federation/v2.11"
      import: ["@key", "@shareable", "@external", "@requires", "@tag", "@inaccessible"]
    )

  type Order @key(fields: "id") @key(fields: "number") {
    id: ID!
    number: String!
    placedAt: DateTime!
    state: OrderState!
    total: Money!
    giftCode: GiftCode
    note: String @tag(name: "internal")
  }
  enum OrderState {
    PENDING_PAYMENT
    PAID
  }
  type Money @shareable {
    amount: MinorUnits!
    currency: CurrencyCode!
  }
  scalar MinorUnits
  scalar CurrencyCode
  scalar DateTime
  scalar GiftCode

  extend type Cart @key(fields: "id") {
    id: ID! @external
    weightGrams: Int @external
    shippingCost: Money @requires(fields: "weightGrams")
  }
  type User @key(fields: "id", resolvable: false) {
    id: ID!
  }
  interface UserError {
    message: String!
  }
  type CartEmptyError implements UserError {
    message: String!
  }
  union PlaceOrderResult = Order | CartEmptyError
  input PlaceOrderInput {
    cartId: ID!
    notBefore: DateTime
  }
  extend type Query {
    order(id: ID!): Order
  }
  type Mutation {
    placeOrder(input: PlaceOrderInput!): PlaceOrderResult!
  }
`;

const ordersMappers = `
export interface OrderMapper { id: string; number: string; placedAt: Date; state: 'PENDING_PAYMENT' | 'PAID'; cents: number }
export type GiftCodeMapper = \`GIFT-\${string}\`;
`;

const ordersResolvers = `
import type { CartResolvers, MutationResolvers, OrderResolvers, QueryResolvers, Resolvers } from './__generated__/resolvers-types.ts';

const order: QueryResolvers['order'] = (_parent, { id }, context) => context.orders.get(id);
const placeOrder: MutationResolvers['placeOrder'] = (_parent, { input }, context) => {
  const order = context.orders.get(input.cartId);
  if (!order) return { __typename: 'CartEmptyError', message: \`Empty, also after \${input.notBefore?.toISOString()}.\` };
  return { __typename: 'Order', ...order };
};
const Order: OrderResolvers = {
  __resolveReference: (reference, context) => ('id' in reference ? context.orders.get(reference.id) : null),
  total: ({ cents }) => ({ amount: cents, currency: 'EUR' }),
  giftCode: () => 'GIFT-1',
};
const Cart: CartResolvers = {
  __resolveReference: (reference) => reference,
  shippingCost: (cart) => ({ amount: 'weightGrams' in cart && cart.weightGrams ? cart.weightGrams * 2 : 0, currency: 'EUR' }),
};
export const resolvers: Resolvers = { Query: { order }, Mutation: { placeOrder }, Order, Cart };
`;

function givenOrders(): void {
  given('subgraphs/orders/schema.graphql', ordersSchema);
  given('subgraphs/orders/src/mappers.ts', ordersMappers);
  given(
    'subgraphs/orders/src/context.ts',
    "import type { OrderMapper } from './mappers.ts';\nexport interface Context { orders: Map<string, OrderMapper> }\n",
  );
  given('subgraphs/orders/src/resolvers.ts', ordersResolvers);
}

const pricingProto = `syntax = "proto3";
package stoa.pricing.v1;
enum Rounding {
  ROUNDING_UNSPECIFIED = 0;
  ROUNDING_LINE = 1;
}
service PricingService {
  rpc Quote(QuoteRequest) returns (QuoteResponse);
}
message QuoteRequest {
  string currency = 1;
  Rounding rounding = 2;
}
message QuoteResponse {
  int64 gross = 1;
}
`;
const protoFile = 'subgraphs/pricing/proto/stoa/pricing/v1/pricing.proto';
const generatedProto = 'subgraphs/pricing/src/__generated__/pricing/v1/pricing_pb.js';
const generatedTypes = 'subgraphs/orders/src/__generated__/resolvers-types.ts';

describe('the types of the resolvers', () => {
  test('type-check under the strict configuration, with entities, mappers, scalars and results', async () => {
    givenOrders();
    await expect(generate(root)).resolves.toEqual(['subgraphs/orders']);
    await expect(typeErrors()).resolves.toBe('');
  });

  test.each([
    [
      'leaves an operation out',
      'Mutation: { placeOrder }',
      'Mutation: {}',
      "Property 'placeOrder' is missing",
    ],
    [
      'forgets to say which member of a union it answers',
      "{ __typename: 'Order', ...order }",
      'order',
      '__typename',
    ],
    [
      'reads a field of a reference that is no key',
      'reference.id)',
      'reference.note)',
      "Property 'note' does not exist",
    ],
    [
      'answers money as text',
      'amount: cents',
      'amount: String(cents)',
      "'string' is not assignable to type 'number'",
    ],
    ['answers what its own scalar does not hold', "'GIFT-1'", "'1'", 'GIFT-'],
  ])('refuse a resolver that %s', async (_case, from, to, message) => {
    givenOrders();
    expect(ordersResolvers).toContain(from);
    given('subgraphs/orders/src/resolvers.ts', ordersResolvers.replace(from, to));
    await generate(root);
    await expect(typeErrors()).resolves.toContain(message);
  });
});

describe('the code of proto files', () => {
  test('loads as JavaScript and type-checks where it is used', async () => {
    given(protoFile, pricingProto);
    given(
      'subgraphs/pricing/src/use.ts',
      `import { create } from '@bufbuild/protobuf';
import { QuoteRequestSchema, Rounding } from './__generated__/pricing/v1/pricing_pb.js';
export const request = create(QuoteRequestSchema, { currency: 'EUR', rounding: Rounding.LINE });
`,
    );
    await expect(generate(root)).resolves.toEqual(['subgraphs/pricing']);
    await expect(typeErrors()).resolves.toBe('');
    const loaded = await import(/* @vite-ignore */ pathToFileURL(join(root, generatedProto)).href);
    expect(loaded.PricingService.typeName).toBe('stoa.pricing.v1.PricingService');
    expect(loaded.Rounding.LINE).toBe(1);
  });

  test('goes when its proto file goes', async () => {
    given(protoFile, pricingProto);
    await generate(root);
    expect(existsSync(join(root, generatedProto))).toBe(true);
    rmSync(join(root, protoFile));
    await generate(root);
    expect(existsSync(join(root, generatedProto))).toBe(false);
  });
});

describe('a second run', () => {
  beforeEach(async () => {
    givenOrders();
    given('subgraphs/catalog/schema.graphql', 'type Query { product(id: ID!): ID }');
    await expect(generate(root)).resolves.toEqual(['subgraphs/catalog', 'subgraphs/orders']);
  });

  test('has nothing to do', async () => {
    given(protoFile, pricingProto);
    await expect(generate(root)).resolves.toEqual(['subgraphs/pricing']);
    await expect(generate(root)).resolves.toEqual([]);
  });

  test.each([
    ['the schema changed', () => given('subgraphs/orders/schema.graphql', `${ordersSchema}\nscalar Locale`)],
    [
      'a mapper changed',
      () => given('subgraphs/orders/src/mappers.ts', 'export type GiftCodeMapper = string;'),
    ],
    ['the output was deleted', () => rmSync(join(root, generatedTypes))],
  ])('writes only that subgraph again when %s', async (_case, change) => {
    change();
    await expect(generate(root)).resolves.toEqual(['subgraphs/orders']);
  });

  test('sees that the mappers were deleted', async () => {
    given('subgraphs/catalog/src/mappers.ts', 'export type QueryMapper = string;');
    await generate(root);
    const types = join(root, 'subgraphs/catalog/src/__generated__/resolvers-types.ts');
    expect(readFileSync(types, 'utf8')).toContain('QueryMapper');
    rmSync(join(root, 'subgraphs/catalog/src/mappers.ts'));
    await expect(generate(root)).resolves.toEqual(['subgraphs/catalog']);
    expect(readFileSync(types, 'utf8')).not.toContain('QueryMapper');
  });
});

test('passes over a folder that has neither a schema nor proto files', async () => {
  given('subgraphs/reviews/package.json', '{}');
  await expect(generate(root)).resolves.toEqual([]);
});

test.each([
  [
    'a schema that does not parse, with its line',
    'type Query {\n  order: \n}\n',
    '',
    'subgraphs/orders/schema.graphql:3: Syntax Error: Expected Name, found "}".',
  ],
  [
    'a field of no known type',
    'type Query { order: Order }',
    '',
    'subgraphs/orders/schema.graphql: Unknown type: "Order".',
  ],
  [
    'a scalar without a TypeScript type, and how to give it one',
    'scalar Barcode\ntype Query { order: Barcode }',
    '',
    'subgraphs/orders/schema.graphql has scalars without a TypeScript type: Barcode. Expected one of ID, MinorUnits,',
  ],
  [
    'a mapper of no type',
    'type Query { order: ID }',
    'export type OrdrMapper = string;',
    'subgraphs/orders/schema.graphql has no type for what src/mappers.ts exports: OrdrMapper',
  ],
])('reports %s', async (_case, schema, mappers, message) => {
  given('subgraphs/orders/schema.graphql', schema);
  given('subgraphs/orders/src/mappers.ts', mappers);
  await expect(generate(root)).rejects.toThrow(message);
});

test('reports the problems of all subgraphs together, and writes what it can', async () => {
  givenOrders();
  given('subgraphs/catalog/schema.graphql', 'type Query {');
  given(protoFile, pricingProto.replace('string currency = 1;', 'string currency;'));
  const failure = await generate(root).catch((error: unknown) => error);
  expect(String(failure)).toContain('subgraphs/catalog/schema.graphql:1: Syntax Error');
  expect(String(failure)).toContain(`${protoFile}:11:`);
  expect(existsSync(join(root, generatedTypes))).toBe(true);
});

test("reports proto files outside the project's own packages", async () => {
  given('subgraphs/pricing/proto/pricing.proto', 'syntax = "proto3";\npackage pricing;\nmessage Quote {}\n');
  await expect(generate(root)).rejects.toThrow(
    'subgraphs/pricing/proto: expected a package stoa.<domain>.v1',
  );
});
