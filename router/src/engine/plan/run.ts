import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Conditions } from '../operation/conditions.ts';
import type { AskSubgraph, JsonObject } from '../subgraph-request.ts';
import type { IsOfType } from '../type-conditions.ts';
import type { CompetingForms } from './competing-forms.ts';
import type { RequiredArguments } from './required-arguments.ts';

/** One execution of a plan. */
export interface Run {
  /** As the client sent them. */
  readonly variables: JsonObject;
  readonly conditions: Conditions;
  /** What subgraphs have answered so far, under the names of the plan. */
  readonly data: JsonObject;
  readonly errors: GraphQLError[];
  /** Objects of which a subgraph could not say what it was asked: an error tells why, and what is missing needs no other. */
  readonly lost: Set<JsonObject>;
  readonly ask: AskSubgraph;
  /** Told of fetches that something else waits for. */
  readonly fetched?: (id: string) => void;
  /** Whether no text that any subgraph has answered so far needs an escape in JSON. */
  isUnescaped: boolean;
}

/** The parts of a supergraph that plans are compiled with. */
export interface PlannedFor {
  /** All that subgraphs know of, also what clients do not see. */
  readonly schema: GraphQLSchema;
  readonly requiredArguments: RequiredArguments;
}

/** What fetches need to know of the graph. */
export interface GraphFacts {
  readonly isOfType: IsOfType;
  /** Whether a name is that of an interface, which some subgraph may know as an object. */
  readonly isInterface: (typename: unknown) => boolean;
  readonly requiredArguments: RequiredArguments;
  /** What is asked for together, in whichever form. */
  readonly competingForms: CompetingForms;
}

/** A part of a plan, ready to run on the objects that it adds to. It never fails: what goes wrong is in the errors. */
export type PlanStep = (run: Run, targets: readonly JsonObject[]) => Promise<void>;
