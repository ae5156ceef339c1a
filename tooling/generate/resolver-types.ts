import { codegen } from '@graphql-codegen/core';
import * as typescript from '@graphql-codegen/typescript';
import * as typescriptResolvers from '@graphql-codegen/typescript-resolvers';
import { type DocumentNode, GraphQLError, Kind, parse, Source } from 'graphql';
import { GenerateError } from './generate-error.ts';
import { type ScalarType, scalarTypes } from './scalars.ts';

/** What the resolver types of one subgraph are made from. */
export interface ResolverTypesInput {
  /** The path of schema.graphql, for messages. */
  readonly schemaFile: string;
  /** The text of schema.graphql. */
  readonly schema: string;
  /** The text of src/mappers.ts; empty when there is none. */
  readonly mappers: string;
}

/**
 * The text of src/__generated__/resolvers-types.ts, which imports `Context` from src/context.ts and, of each
 * `export type ProductMapper` or `export interface ProductMapper` in src/mappers.ts, what a resolver of `Product`
 * gets as its parent.
 * @throws {GenerateError}
 */
export async function resolverTypes(input: ResolverTypesInput): Promise<string> {
  const document = parseSchema(input);
  const { scalars, mappers } = mappings(input, document);
  const config: typescript.TypeScriptPluginConfig & typescriptResolvers.TypeScriptResolversPluginConfig = {
    federation: true,
    contextType: '../context.ts#Context',
    mappers,
    scalars,
    strictScalars: true,
    namingConvention: 'keep',
    enumsAsTypes: true,
    useTypeImports: true,
    // The kit's loaders and connections answer readonly lists.
    immutableTypes: true,
    maybeValue: 'T | null | undefined',
    makeResolverTypeCallable: true,
    // An operation without a resolver does not type-check; a type's fields may be left to the default resolver.
    avoidOptionals: { query: true, mutation: true, subscription: true },
    // A member of a result union says what it is, as graphql-js needs it to.
    resolversNonOptionalTypename: { unionMember: true },
  };
  try {
    return await codegen({
      filename: 'resolvers-types.ts',
      schema: document,
      documents: [],
      // What @link imports is not defined in the document, nor needed: composition validates the directives.
      config: { ...config, disableFederationDirectiveAndScalarInjection: true },
      plugins: [{ typescript: {} }, { typescriptResolvers: {} }],
      pluginMap: { typescript, typescriptResolvers },
    });
  } catch (error) {
    throw new GenerateError(
      `${input.schemaFile}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
}

function parseSchema({ schema, schemaFile }: ResolverTypesInput): DocumentNode {
  try {
    return parse(new Source(schema, schemaFile));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const line = error.locations?.[0]?.line ?? 1;
    throw new GenerateError(`${schemaFile}:${line}: ${error.message}`, { cause: error });
  }
}

/** The TypeScript types of a schema's scalars, and the mappers of its other types. */
function mappings({ schemaFile, mappers }: ResolverTypesInput, document: DocumentNode) {
  const typeNames = new Set<string>();
  const scalarNames = new Set<string>();
  for (const definition of document.definitions) {
    if (!/Type(Definition|Extension)$/.test(definition.kind) || !('name' in definition) || !definition.name)
      continue;
    const names = definition.kind === Kind.SCALAR_TYPE_DEFINITION ? scalarNames : typeNames;
    names.add(definition.name.value);
  }

  const mapped = [...mappers.matchAll(/^export (?:type|interface) (\w+)Mapper\b/gm)].map(([, name]) =>
    String(name),
  );
  const missing = mapped.filter((name) => !typeNames.has(name) && !scalarNames.has(name));
  if (missing.length > 0) {
    const exported = missing.map((name) => `${name}Mapper`).join(', ');
    throw new GenerateError(`${schemaFile} has no type for what src/mappers.ts exports: ${exported}`);
  }

  const source = (name: string) => `../mappers.ts#${name}Mapper`;
  const scalars: Record<string, ScalarType> = { ...scalarTypes };
  for (const name of mapped) {
    if (scalarNames.has(name)) scalars[name] = { input: source(name), output: source(name) };
  }
  const untyped = [...scalarNames].filter((name) => !(name in scalars));
  if (untyped.length > 0) {
    throw new GenerateError(
      `${schemaFile} has scalars without a TypeScript type: ${untyped.join(', ')}. ` +
        `Expected one of ${Object.keys(scalarTypes).join(', ')}, ` +
        `or in src/mappers.ts: ${untyped.map((name) => `export type ${name}Mapper`).join(', ')}`,
    );
  }
  return {
    scalars,
    mappers: Object.fromEntries(
      mapped.filter((name) => typeNames.has(name)).map((name) => [name, source(name)]),
    ),
  };
}
