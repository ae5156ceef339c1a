import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionSetNode,
} from 'graphql';
import { type Complete, type Execution, type Given, NotAsExpected } from './execution.ts';
import { type Compiling, compileGiven } from './given.ts';
import { selectedFields } from './selected-fields.ts';

/** A field of an operation, with every place where it was selected. */
interface SelectedField {
  readonly field: GraphQLField<unknown, unknown>;
  readonly selectionSets: readonly SelectionSetNode[];
  readonly givenOf: (execution: Execution) => Given;
}

/** Compiles what is selected of the objects of a type: of such an object it makes what is answered. */
export function compileSelection(
  compiling: Compiling,
  type: GraphQLObjectType,
  selectionSets: readonly SelectionSetNode[],
): Complete {
  const properties: string[] = [];
  const completes: Complete[] = [];
  for (const [name, nodes] of selectedFields(compiling, type, selectionSets)) {
    // Computed, as `__proto__` is no property in a literal.
    const key = name === '__proto__' ? "['__proto__']" : JSON.stringify(name);
    const fieldName = nodes[0].name.value;
    if (fieldName === '__typename') {
      properties.push(`${key}: ${JSON.stringify(type.name)}`);
      continue;
    }
    const field = type.getFields()[fieldName];
    if (field === undefined) throw new NotAsExpected(`There is no ${type.name}.${fieldName}`);
    const at = completes.length;
    const from = field.resolve === undefined ? `source[${JSON.stringify(fieldName)}]` : 'source';
    properties.push(`${key}: complete${at}(${from}, execution)`);
    completes.push(compileField(compiling, type, field, nodes));
  }
  // Written out, as objects that get their properties one by one, by names, are slow to make.
  const make = new Function(
    'completes',
    `const [${completes.map((_, at) => `complete${at}`).join(', ')}] = completes;
    return (source, execution) => {
      const answer = { ${properties.join(', ')} };
      if (execution.hasUnsettled) execution.settle(answer);
      return answer;
    };`,
  ) as (completes: readonly Complete[]) => Complete;
  return make(completes);
}

/** Of a field with a resolver it is given the object, of another the value as it lies in the object. */
function compileField(
  compiling: Compiling,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly [FieldNode, ...FieldNode[]],
): Complete {
  const givenOf = compileGiven(compiling, parentType, field, nodes);
  const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const complete = completing(compileType(compiling, { field, selectionSets, givenOf }, field.type));
  const { resolve } = field;
  if (resolve === undefined) return complete;
  return (source, execution) => {
    let value: unknown;
    try {
      const { args, info } = givenOf(execution);
      value = resolve(source, args, execution.context, info);
    } catch {
      return execution.fail();
    }
    return complete(value, execution);
  };
}

function compileType(compiling: Compiling, field: SelectedField, type: GraphQLOutputType): Complete {
  if (isNonNullType(type)) {
    const complete = compileType(compiling, field, type.ofType);
    return (value, execution) => {
      if (value === null || value === undefined) throw new NotAsExpected('There is no value');
      return complete(value, execution);
    };
  }
  const complete = isListType(type)
    ? compileList(completing(compileType(compiling, field, type.ofType)))
    : isLeafType(type)
      ? compileLeaf(type)
      : isObjectType(type)
        ? compileObject(compiling, field, type)
        : compileAbstract(compiling, field, type);
  return (value, execution) => (value === null || value === undefined ? null : complete(value, execution));
}

/**
 * Completes what came from a resolver, or lay in an object or a list: a promise, too. After a failure the rest is completed nevertheless,
 * since a promise that fails with nobody waiting for it ends the process.
 */
function completing(complete: Complete): Complete {
  const completeAny: Complete = (value, execution) => {
    try {
      if (typeof value === 'function') throw new NotAsExpected('A value is a function');
      if (typeof value !== 'object' || value === null) return complete(value, execution);
      if (value instanceof Error) throw value;
      return isThenable(value) ? execution.later(value, completeAny) : complete(value, execution);
    } catch {
      return execution.fail();
    }
  };
  return completeAny;
}

function isThenable(value: object): value is PromiseLike<unknown> {
  return typeof (value as Partial<PromiseLike<unknown>>).then === 'function';
}

function compileLeaf(type: GraphQLLeafType): Complete {
  return (value) => {
    const serialized = type.serialize(value);
    if (serialized === null || serialized === undefined)
      throw new NotAsExpected(`A ${type.name} has no value`);
    return serialized;
  };
}

function compileList(complete: Complete): Complete {
  return (value, execution) => {
    const items: readonly unknown[] = Array.isArray(value) ? value : itemsOf(value);
    const list: unknown[] = new Array(items.length);
    for (let at = 0; at < items.length; at += 1) list[at] = complete(items[at], execution);
    if (execution.hasUnsettled) execution.settle(list);
    return list;
  };
}

function itemsOf(value: unknown): unknown[] {
  const isIterable = typeof value === 'object' && value !== null && Symbol.iterator in value;
  if (!isIterable) throw new NotAsExpected('A list is none');
  return [...(value as Iterable<unknown>)];
}

function compileObject(
  compiling: Compiling,
  { selectionSets, givenOf }: SelectedField,
  type: GraphQLObjectType,
): Complete {
  const complete = compileSelection(compiling, type, selectionSets);
  return (value, execution) => {
    if (typeof value !== 'object') throw new NotAsExpected(`A ${type.name} is no object`);
    if (type.isTypeOf && type.isTypeOf(value, execution.context, givenOf(execution).info) !== true)
      throw new NotAsExpected(`An object is no ${type.name}`);
    return complete(value, execution);
  };
}

/** For each type that occurs it is compiled when it is met first. */
function compileAbstract(compiling: Compiling, field: SelectedField, type: GraphQLAbstractType): Complete {
  const { schema } = compiling;
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const byType = new Map<unknown, Complete>();
  const compileFor = (typename: unknown): Complete => {
    const actual = typeof typename === 'string' ? schema.getType(typename) : undefined;
    if (!isObjectType(actual) || !schema.isSubType(type, actual))
      throw new NotAsExpected(`An object is no ${type.name}`);
    const complete = compileObject(compiling, field, actual);
    byType.set(typename, complete);
    return complete;
  };
  return (value, execution) => {
    const typename = resolveType(value, execution.context, field.givenOf(execution).info, type);
    return (byType.get(typename) ?? compileFor(typename))(value, execution);
  };
}
