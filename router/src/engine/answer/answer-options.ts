import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Conditions } from '../operation/conditions.ts';
import type { Fragments } from './collect-fields.ts';

/** What the form of an answer is compiled from. */
export interface AnswerOptions {
  /** The schema that clients see. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Fragments;
  /** Which parts @skip and @include leave; an answer is compiled for each combination that occurs. */
  readonly conditions: Conditions;
  /** Response names of the client, by those of the plan. */
  readonly clientNames: ReadonlyMap<string, string>;
  /** Labels of fragments that are answered later. */
  readonly deferred?: ReadonlySet<string>;
}
