import { type DocumentNode, GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql';
import type { KnownOperation } from './known-operation.ts';

const documents = new WeakMap<KnownOperation, DocumentNode>();
/** Several steps ask the same of the same schemas. */
const refusals = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, readonly GraphQLError[]>>();

/** The parsed document of an operation, parsed once. */
export function documentOf(operation: KnownOperation): DocumentNode {
  const known = documents.get(operation);
  if (known) return known;
  const document = parse(operation.body);
  documents.set(operation, document);
  return document;
}

/** Why a schema refuses a document, found once; empty when it does not. */
export function refusalsOf(document: DocumentNode, schema: GraphQLSchema): readonly GraphQLError[] {
  let bySchema = refusals.get(schema);
  if (!bySchema) {
    bySchema = new WeakMap();
    refusals.set(schema, bySchema);
  }
  const known = bySchema.get(document);
  if (known) return known;
  const found = findRefusals(document, schema);
  bySchema.set(document, found);
  return found;
}

function findRefusals(document: DocumentNode, schema: GraphQLSchema): readonly GraphQLError[] {
  // The validation of graphql 16 passes over an operation of a kind that the schema does not have.
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && !schema.getRootType(definition.operation)) {
      return [new GraphQLError(`The schema has no ${definition.operation}.`, { nodes: [definition] })];
    }
  }
  return validate(schema, document);
}
