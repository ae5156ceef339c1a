import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, execute, type GraphQLSchema, isInterfaceType, isObjectType, parse } from 'graphql';
import {
  type AskSubgraph,
  type JsonObject,
  type SubgraphAnswer,
  unescaped,
} from '../../src/engine/subgraph-request.ts';
import { subgraphSchema, wholeSchema } from './schemas.ts';
import { type EntityModel, type FieldModel, type GraphModel, interfaceName } from './shop-model.ts';
import { type Reference, reference, valueOfField } from './values.ts';

type Required = NonNullable<FieldModel['requires']>;
type Resolve = (source: unknown, args: { unit?: string }) => unknown;

/**
 * The whole graph in one schema: what every answer is compared with.
 * @param down a subgraph whose fields all fail
 */
export function wholeServer(model: GraphModel, down?: number): GraphQLSchema {
  const schema = buildSchema(wholeSchema(model));
  const shared = sharedResolvers(model);
  for (const entity of model.entities) {
    const resolvers = {
      ...resolversOf(model, entity, (id, requires) => ownValue(model, entity, id, requires, down)),
      ...shared,
    };
    const fields = [...entity.fields, ...(model.interfaceObject?.fields ?? [])];
    setResolvers(schema, entity.name, failing(resolvers, fields, down));
  }
  setResolvers(schema, 'Query', failing(rootResolvers(model), model.roots, down));
  return schema;
}

/**
 * The subgraphs, asked as a router asks them.
 * @param down one that does not answer
 */
export function subgraphServers(model: GraphModel, down?: number): AskSubgraph {
  const schemas = new Map(
    Array.from({ length: model.subgraphs }, (_, index) => [`s${index}`, subgraphServer(model, index)]),
  );
  return async ({ subgraph, query, variables }) => {
    const schema = schemas.get(subgraph);
    if (schema === undefined) throw new Error(`There is no subgraph ${subgraph}`);
    if (subgraph === `s${down}`) throw new Error('connect ECONNREFUSED');
    const result = await execute({ schema, document: parse(query), variableValues: variables });
    // As it comes over a wire.
    const json = JSON.stringify(result);
    const answer = JSON.parse(json) as SubgraphAnswer;
    return json.includes('\\') ? answer : { ...answer, [unescaped]: true };
  };
}

function subgraphServer(model: GraphModel, index: number): GraphQLSchema {
  const schema = buildSubgraphSchema({ typeDefs: parse(subgraphSchema(model, index)) });
  setResolvers(schema, 'Query', rootResolvers(model));
  if (index === model.interfaceObject?.subgraph) {
    setResolvers(schema, interfaceName, sharedResolvers(model));
    return schema;
  }
  setReference(schema, interfaceName, ({ id }) => reference(id.split(':')[0] ?? '', id));
  for (const entity of model.entities) {
    setResolvers(
      schema,
      entity.name,
      providing(
        model,
        entity.fields,
        resolversOf(model, entity, (_, { name }, source) => source[name]),
      ),
    );
    setReference(schema, entity.name, (representation) => ({
      ...reference(entity.name, idOf(representation)),
      ...representation,
    }));
  }
  return schema;
}

/** The fields of a subgraph that is down fail, each by itself; where several could answer, nobody is down. */
function failing(
  resolvers: Readonly<Record<string, Resolve>>,
  fields: readonly FieldModel[],
  down: number | undefined,
): Record<string, Resolve> {
  const fails: Resolve = () => {
    throw new Error('down');
  };
  return {
    ...resolvers,
    ...Object.fromEntries(fields.filter(({ owners }) => owners[0] === down).map(({ name }) => [name, fails])),
  };
}

/** What a field provides is in what it leads to, for those that require it there. */
function providing(
  model: GraphModel,
  fields: readonly FieldModel[],
  resolvers: Readonly<Record<string, Resolve>>,
): Record<string, Resolve> {
  const provided = fields.flatMap(({ name, type, provides }) => {
    const target = model.entities.find((entity) => entity.name === type);
    const field = target?.fields.find((one) => one.name === provides);
    const resolve = resolvers[name];
    if (target === undefined || field === undefined || resolve === undefined) return [];
    const provide = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(provide);
      const { id } = (value ?? {}) as Reference;
      // What fails is not there.
      if (id === undefined || failsToProvide(model, target.name, id, field)) return value;
      return {
        ...(value as Reference),
        [field.name]: valueOfField(model, target.name, id, field, null, undefined),
      };
    };
    return [[name, (source, args) => provide(resolve(source, args))] as [string, Resolve]];
  });
  return { ...resolvers, ...Object.fromEntries(provided) };
}

function failsToProvide(model: GraphModel, type: string, id: string, field: FieldModel): boolean {
  try {
    valueOfField(model, type, id, field, null, undefined);
    return false;
  } catch {
    return true;
  }
}

function sharedResolvers(model: GraphModel): Record<string, Resolve> {
  return Object.fromEntries(
    (model.interfaceObject?.fields ?? []).map((field) => [
      field.name,
      (source) => valueOfField(model, interfaceName, (source as Reference).id, field, null, undefined),
    ]),
  );
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
function ownValue(
  model: GraphModel,
  entity: EntityModel,
  id: string,
  { name, unit }: Required,
  down: number | undefined,
): unknown {
  const field = entity.fields.find((candidate) => candidate.name === name) as FieldModel;
  if (field.owners[0] === down) throw new Error('down');
  const required = field.requires === null ? undefined : ownValue(model, entity, id, field.requires, down);
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
}

function setReference(
  schema: GraphQLSchema,
  name: string,
  resolveReference: (representation: Reference) => Reference,
): void {
  const type = schema.getType(name);
  if (isObjectType(type) || isInterfaceType(type))
    type.extensions = { ...type.extensions, apollo: { subgraph: { resolveReference } } } as never;
}
