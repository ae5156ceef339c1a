import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@stoa/registry';
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';
import { expect, it, test } from 'vitest';
import { contractSchema } from '../src/contracts/contract-schema.ts';
import { contractsFile, contractVariants } from '../src/contracts/contract-variants.ts';
import { fromFile } from '../src/graph/from-file.ts';
import { supergraphOf } from '../src/graph/supergraph-of.ts';

const root = repositoryRoot();
const { variants, findings } = contractVariants(readFileSync(join(root, contractsFile), 'utf8'));
const version = fromFile(join(root, 'schema/supergraph.graphql'));

function schemaOf(name: string): GraphQLSchema {
  const variant = variants.find((candidate) => candidate.name === name);
  const supergraph = supergraphOf(version);
  if (!variant || !supergraph || !version.apiSchema) throw new Error(`there is no contract ${name}`);
  const { apiSchema, problems } = contractSchema(supergraph, version.apiSchema, variant);
  if (!apiSchema) throw new Error(problems?.map(({ message }) => message).join('\n'));
  return apiSchema;
}

function has(schema: GraphQLSchema, coordinate: string): boolean {
  const [typeName = '', field = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const isFielded = isObjectType(type) || isInterfaceType(type) || isInputObjectType(type);
  return field === '' ? type !== undefined : isFielded && type.getFields()[field] !== undefined;
}

it('defines contracts for the storefront, for partners and for the staff', () => {
  expect(findings).toEqual([]);
  expect(variants.map(({ name }) => name)).toEqual(['storefront', 'partner', 'admin']);
});

test.each([
  [
    'storefront',
    ['Query.product', 'Mutation.placeOrder', 'Mutation.signIn', 'Payment.refunds'],
    [
      'Mutation.setPrice',
      'Query.payments',
      'ProductFilter.state',
      'Payment.ledger',
      'Promotion',
      'StockItem',
      'SetStockInput',
    ],
  ],
  [
    'partner',
    ['Query.product', 'Mutation.placeOrder'],
    ['Mutation.signIn', 'Query.me', 'Session', 'Mutation.setPrice'],
  ],
  ['admin', ['Query.product', 'Mutation.setPrice', 'Payment.ledger', 'Mutation.signIn'], []],
])('the contract %s has what it is for, and nothing else', (name, there, gone) => {
  const schema = schemaOf(name);
  expect(there.filter((coordinate) => !has(schema, coordinate))).toEqual([]);
  expect(gone.filter((coordinate) => has(schema, coordinate))).toEqual([]);
});

it('has no operation in the storefront that its description keeps for the staff', () => {
  const schema = schemaOf('storefront');
  const forStaff = /^Staff:|\bFor staff\b|for the staff|for administrators|Needs the role STAFF/;
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  const untagged = roots.flatMap((type) =>
    Object.values(type?.getFields() ?? {})
      .filter(({ description }) => forStaff.test(description ?? ''))
      .map(({ name }) => `${type?.name}.${name} needs @tag(name: "staff")`),
  );
  expect(untagged).toEqual([]);
});
