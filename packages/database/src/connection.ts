import type { Knex } from '@mikro-orm/knex';
import { Failure } from '@stoa/errors';
import { decodeCursor, encodeCursor, type Position } from './cursor.ts';

/** The arguments of a Relay connection. */
export interface ConnectionArguments {
  first?: number | null;
  after?: string | null;
  last?: number | null;
  before?: string | null;
}

/** How a list is ordered: columns in order, the last one unique, all in one direction. */
export interface ListOrder {
  /** Names the list and the order, for the cursor. */
  readonly list: string;
  readonly columns: readonly string[];
  readonly direction: 'asc' | 'desc';
}

/** A page to fetch: what `connectionPage` made of the arguments. */
export interface Page {
  readonly order: ListOrder;
  readonly size: number;
  readonly backward: boolean;
  readonly after: Position | null;
  readonly before: Position | null;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

/** A page of a list in Relay's form. `totalCount` is a function, so that counting costs nothing unless it is selected. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  readonly totalCount: () => Promise<number>;
}

export interface PageLimits {
  readonly defaultSize?: number;
  readonly maximumSize?: number;
}

/**
 * Checks the arguments of a connection.
 * @throws {Failure} bad-input for a size that is not from 1 to the maximum, for both `first` and `last`, for a cursor of another list
 */
export function connectionPage(
  args: ConnectionArguments,
  order: ListOrder,
  { defaultSize = 20, maximumSize = 100 }: PageLimits = {},
): Page {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if (first !== null && last !== null) throw new Failure('bad-input', 'Expected `first` or `last`, not both');
  const size = first ?? last ?? defaultSize;
  if (size < 1 || size > maximumSize) {
    throw new Failure(
      'bad-input',
      `Expected \`${last !== null ? 'last' : 'first'}\` from 1 to ${maximumSize}, found ${size}`,
      {
        code: 'PAGE_SIZE_OUT_OF_RANGE',
        details: { maximum: maximumSize },
      },
    );
  }
  const position = (cursor: string | null | undefined) =>
    cursor === null || cursor === undefined ? null : decodeCursor(order.list, cursor);
  return { order, size, backward: last !== null, after: position(args.after), before: position(args.before) };
}

/**
 * Narrows and orders a query to a page, by comparing the sort columns as one row value with the
 * cursor's, so that a deep page costs what the first does. Fetches one row more than asked for, to
 * know whether there are others.
 * @param toColumn turns a cursor's value into what the column compares with (a time, say)
 */
export function applyPage<Query extends Knex.QueryBuilder>(
  query: Query,
  page: Page,
  toColumn: (value: string | number, column: string) => Knex.Value = (value) => value,
): Query {
  const { columns, direction } = page.order;
  const compare = (position: Position | null, operator: '<' | '>') => {
    if (position === null) return;
    const values = position.map((value, index) => toColumn(value, columns[index] ?? ''));
    const names = columns.map(() => '??').join(', ');
    query.whereRaw(`(${names}) ${operator} (${values.map(() => '?').join(', ')})`, [...columns, ...values]);
  };
  const forward = direction === 'asc';
  compare(page.after, forward ? '>' : '<');
  compare(page.before, forward ? '<' : '>');
  const scan = page.backward === forward ? 'desc' : 'asc';
  for (const column of columns) query.orderBy(column, scan);
  query.limit(page.size + 1);
  return query;
}

/** Makes a connection of the rows that a query with `applyPage` returned. */
export function toConnection<Node>(
  rows: readonly Node[],
  page: Page,
  positionOf: (node: Node) => Position,
  totalCount: () => Promise<number>,
): Connection<Node> {
  const more = rows.length > page.size;
  const kept = rows.slice(0, page.size);
  if (page.backward) kept.reverse();
  const cursorOf = (node: Node) => encodeCursor(page.order.list, positionOf(node));
  const cursorAt = (index: number) => {
    const node = kept.at(index);
    return node === undefined ? null : cursorOf(node);
  };
  return {
    // A cursor has a checksum, so each is made when it is asked for.
    get edges() {
      return kept.map((node) => ({ cursor: cursorOf(node), node }));
    },
    nodes: kept,
    pageInfo: {
      hasNextPage: page.backward ? page.before !== null : more,
      hasPreviousPage: page.backward ? more : page.after !== null,
      get startCursor() {
        return cursorAt(0);
      },
      get endCursor() {
        return cursorAt(-1);
      },
    },
    totalCount,
  };
}
