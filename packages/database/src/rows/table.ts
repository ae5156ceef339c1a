import { type EntityMetadata, type EntityProperty, ReferenceKind } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/knex';
import { readBoolean, readInteger, readJson, readTime } from '../read-values.ts';

/** A column of an entity's table, and how its values cross over. */
export interface Column {
  readonly property: string;
  /** Quoted. */
  readonly name: string;
  /** As rows of the driver have it. */
  readonly field: string;
  /** Of a value as the engine returns it. */
  read(value: unknown): unknown;
  /** For a statement. */
  write(value: unknown): unknown;
}

/** The table behind an entity, on one engine. */
export interface Table {
  /** Quoted. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly byProperty: ReadonlyMap<string, Column>;
  /** Counts the writes of a row; null where there is none. */
  readonly version: Column | null;
  /** Statements that were made for it, by what they do. */
  readonly statements: Map<string, string>;
  /** Of rows that were inserted, by the names of their properties. */
  readonly columnSets: Map<string, ColumnSet>;
  /** How its rows are inserted with those of others after them, by what that depends on. */
  readonly together: Map<string, TogetherText>;
}

/** Inserts into several tables. */
export interface TogetherText {
  readonly sql: string;
  /** Makes what SQLite inserts into. */
  readonly view?: string;
}

/** Columns that are written together. */
export interface ColumnSet {
  /** No other set of any table has it. */
  readonly number: number;
  readonly all: readonly Column[];
}

const tables = new WeakMap<EntityMetadata, Table>();

export function tableOf(
  em: SqlEntityManager,
  entity: { readonly meta: { readonly className: string } },
): Table {
  const metadata = em.getMetadata().get(entity.meta.className);
  let table = tables.get(metadata);
  if (table === undefined) {
    table = describe(metadata, isPostgreSql(em));
    tables.set(metadata, table);
  }
  return table;
}

/** @throws {Error} for a property that the entity has not */
export function columnOf({ name, byProperty }: Table, property: string): Column {
  const column = byProperty.get(property);
  if (column === undefined) throw new Error(`Expected a column of ${name}, found ${property}`);
  return column;
}

let columnSets = 0;

/** The same object each time for the same properties. */
export function columnSetOf(table: Table, properties: readonly string[]): ColumnSet {
  const key = properties.join(' ');
  let set = table.columnSets.get(key);
  if (set === undefined) {
    columnSets += 1;
    set = { number: columnSets, all: properties.map((property) => columnOf(table, property)) };
    table.columnSets.set(key, set);
  }
  return set;
}

export function isPostgreSql(em: SqlEntityManager): boolean {
  return em.getConnection().getKnex().client.dialect === 'postgresql';
}

function describe({ tableName, props }: EntityMetadata, isPostgres: boolean): Table {
  const columns = props
    .filter(({ kind }) => kind === ReferenceKind.SCALAR || kind === ReferenceKind.MANY_TO_ONE)
    .map((property) => columnFor(property, isPostgres));
  const version = props.find((property) => property.version === true)?.name;
  return {
    name: quoted(tableName),
    columns,
    byProperty: new Map(columns.map((column) => [column.property, column])),
    version: columns.find(({ property }) => property === version) ?? null,
    statements: new Map(),
    columnSets: new Map(),
    together: new Map(),
  };
}

function columnFor(property: EntityProperty, isPostgres: boolean): Column {
  const [column] = property.fieldNames;
  if (column === undefined) throw new Error(`Expected ${property.name} to have a column`);
  return { property: property.name, name: quoted(column), field: column, ...crossing(property, isPostgres) };
}

function quoted(name: string): string {
  return `"${name}"`;
}

function crossing(property: EntityProperty, isPostgres: boolean): Pick<Column, 'read' | 'write'> {
  if (property.kind === ReferenceKind.MANY_TO_ONE) return { read: asIs, write: idOf };
  if (property.type === 'JsonType') return { read: unlessNull(readJson), write: unlessNull(JSON.stringify) };
  switch (property.runtimeType) {
    case 'Date':
      return { read: unlessNull(readTime), write: isPostgres ? asIs : unlessNull(milliseconds) };
    case 'number':
      return { read: unlessNull(readInteger), write: asIs };
    case 'boolean':
      return { read: unlessNull(readBoolean), write: isPostgres ? asIs : unlessNull(Number) };
    case 'string':
      return { read: asIs, write: asIs };
    default:
      throw new Error(`Rows of ${property.runtimeType} are not known (${property.name})`);
  }
}

function unlessNull(cross: (value: never) => unknown): (value: unknown) => unknown {
  return (value) => (value === null || value === undefined ? null : cross(value as never));
}

function asIs(value: unknown): unknown {
  return value ?? null;
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as { id: unknown }).id : value;
}

function milliseconds(time: Date): number {
  return time.getTime();
}
