import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, type GraphQLSchema, isObjectType, parse } from 'graphql';
import {
  type AskSubgraph,
  type JsonObject,
  type SubgraphAnswer,
  unescaped,
} from '../../src/engine/subgraph-request.ts';
import { subgraphSchema, wholeSchema } from './schemas.ts';
import type { EntityModel, FieldModel, GraphModel } from './shop-model.ts';
import { type Reference, reference, valueOfField } from './values.ts';

type Required = NonNullable<FieldModel['requires']>;
type Resolve = (source: unknown, args: { unit?: string }) => unknown;

/** The whole graph in one schema: what every answer is compared with. */
export function wholeServer(model: GraphModel): GraphQLSchema {
  const schema = buildSchema(wholeSchema(model));
  for (const entity of model.entities)
    setResolvers(
      schema,
      entity.name,
      resolversOf(model, entity, (id, requires) => ownValue(model, entity, id, requires)),
    );
  setResolvers(schema, 'Query', rootResolvers(model));
  return schema;
}

/** The subgraphs, asked as a router asks them. */
export function subgraphServers(model: GraphModel): AskSubgraph {
  const schemas = new Map(
    Array.from({ length: model.subgraphs }, (_, index) => [`s${index}`, subgraphServer(model, index)]),
  );
  return async ({ subgraph, query, variables }) => {
    const schema = schemas.get(subgraph);
    if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}`);
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    // As it comes over a wire.
    const json = JSON.stringify(result);
    const answer = JSON.parse(json) as SubgraphAnswer;
    return json.includes('\\') ? answer : { ...answer, [unescaped]: true };
  };
}

function subgraphServer(model: GraphModel, index: number): GraphQLSchema {
  const resolvers: Record<string, object> = { Query: rootResolvers(model) };
  for (const entity of model.entities) {
    resolvers[entity.name] = {
      ...resolversOf(model, entity, (_, { name }, source) => source[name]),
      __resolveReference: (representation: Reference) => ({
        ...reference(entity.name, idOf(representation)),
        ...representation,
      }),
    };
  }
  const schema = buildSubgraphSchema({ typeDefs: parse(subgraphSchema(model, index)) });
  for (const [name, fields] of Object.entries(resolvers))
    setResolvers(schema, name, fields as Record<string, Resolve>);
  return schema;
}

function idOf({ id, code }: Reference): string {
  return id ?? String(code).replace('code-', '');
}

function resolversOf(
  model: GraphModel,
  { name, fields }: EntityModel,
  requiredValue: (id: string, requires: Required, source: JsonObject) => unknown,
): Record<string, Resolve> {
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      (source, { unit }) => {
        const { id } = source as Reference;
        const required =
          field.requires === null ? undefined : requiredValue(id, field.requires, source as Reference);
        return valueOfField(model, name, id, field, unit, required);
      },
    ]),
  );
}

/** What a field of the whole graph is made of, worked out in place. */
function ownValue(model: GraphModel, entity: EntityModel, id: string, { name, unit }: Required): unknown {
  const field = entity.fields.find((candidate) => candidate.name === name) as FieldModel;
  const required = field.requires === null ? undefined : ownValue(model, entity, id, field.requires);
  return valueOfField(model, entity.name, id, field, unit, required);
}

function rootResolvers(model: GraphModel): Record<string, Resolve> {
  return Object.fromEntries(
    model.roots.map((root) => [root.name, () => valueOfField(model, 'Query', '', root, null, undefined)]),
  );
}

function setResolvers(schema: GraphQLSchema, name: string, resolvers: Record<string, Resolve>): void {
  const type = schema.getType(name);
  if (!isObjectType(type)) return;
  for (const [field, definition] of Object.entries(type.getFields())) {
    const resolve = resolvers[field];
    if (resolve !== undefined) definition.resolve = resolve as never;
  }
  const resolveReference = resolvers.__resolveReference;
  if (resolveReference !== undefined)
    type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } } as never;
}
