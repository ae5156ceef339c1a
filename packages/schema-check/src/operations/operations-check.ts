import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { SchemaChange } from '../diff/schema-change.ts';
import type { SchemaPlace } from '../graph/places-in-schema.ts';
import type { KnownOperation } from './known-operation.ts';
import type { SchemaUse } from './schema-use.ts';
import type { UsageSource } from './usage-source.ts';

/** What the operations of clients are checked with. */
export interface OperationsCheck {
  /** Null when there is no base: then every operation must fit the new schema. */
  readonly before: GraphQLSchema | null;
  readonly after: GraphQLSchema;
  /** The differences between the two. */
  readonly changes: readonly SchemaChange[];
  readonly operations: readonly KnownOperation[];
  readonly usage: UsageSource | null;
  /** Where the window begins in which use counts. */
  readonly since: Date;
  /** The present, as the end of the window. */
  readonly now: Date;
  readonly placeOf?: (coordinate: string) => Pick<SchemaPlace, 'file' | 'line'> | undefined;
  readonly progress?: (text: string) => void;
}

/** An operation that was valid before, with what the change does to it. */
export interface JudgedOperation {
  readonly operation: KnownOperation;
  readonly use: SchemaUse;
  readonly refusals: readonly GraphQLError[];
  readonly refusedAt: ReadonlySet<string>;
}
