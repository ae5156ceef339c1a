import { type DocumentNode, type GraphQLSchema, getOperationAST, isObjectType, Kind } from 'graphql';
import { type CompiledQuery, compileQuery } from './compiled/compile-query.ts';

/** Finds the compiled form of a query; null for what is to be executed as it stands. */
export type CompiledQueries = (
  document: DocumentNode,
  operationName: string | undefined,
) => CompiledQuery | null;

/**
 * Compiles queries that come again, each when it comes for the second time. Mutations and introspection are left out:
 * they are rare, and what a compiled form cannot answer without an error is executed once more (run-operation.ts), which only
 * what changes nothing may be.
 */
export function compiledQueries(schema: GraphQLSchema): CompiledQueries {
  resolveCounts(schema);
  const known = new WeakMap<DocumentNode, Map<string | undefined, CompiledQuery | null>>();
  return (document, operationName) => {
    const ofDocument = known.get(document);
    if (ofDocument === undefined) {
      known.set(document, new Map());
      return null;
    }
    let compiled = ofDocument.get(operationName);
    if (compiled === undefined) {
      compiled = compile(schema, document, operationName);
      ofDocument.set(operationName, compiled);
    }
    return compiled;
  };
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
): CompiledQuery | null {
  const operation = getOperationAST(document, operationName);
  const isPlain = operation?.selectionSet.selections.every(
    (selection) => selection.kind === Kind.FIELD && !/^__(schema|type)$/.test(selection.name.value),
  );
  if (operation?.operation !== 'query' || isPlain !== true) return null;
  return compileQuery(schema, document, operation);
}

/**
 * The compiled form reads a field without a resolver as it lies in the object; the count of a connection is a function there
 * (@stoa/database), and is called by a resolver.
 */
function resolveCounts(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const field = isObjectType(type) ? type.getFields()['totalCount'] : undefined;
    if (field === undefined || field.resolve !== undefined) continue;
    field.resolve = ({ totalCount }: { totalCount: unknown }) =>
      typeof totalCount === 'function' ? totalCount() : totalCount;
  }
}
