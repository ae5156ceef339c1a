import { createHash } from 'node:crypto';
import type { RecordedOperation } from '@stoa/usage';
import {
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  print,
  separateOperations,
} from 'graphql';
import { coordinatesOf } from './coordinates-of.ts';
import { type InputVariable, inputVariablesOf } from './given-inputs.ts';
import { withoutLiterals } from './without-literals.ts';

/** What there is to say of an operation, whatever values it is sent with. */
export interface OperationDescription {
  readonly operation: RecordedOperation;
  readonly inputVariables: readonly InputVariable[];
}

const longestName = 200;

/** Describes operations, each once for as long as the server keeps its parsed document. */
export function operationDescriber(): (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
) => OperationDescription {
  const known = new WeakMap<OperationDefinitionNode, OperationDescription>();
  return (schema, document, operation) => {
    const before = known.get(operation);
    if (before !== undefined) return before;
    const description = describe(schema, document, operation);
    known.set(operation, description);
    return description;
  };
}

function describe(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): OperationDescription {
  const name = operation.name?.value ?? null;
  // The operation with the fragments that it uses, and nothing else of what was sent along.
  const alone = separateOperations(document)[name ?? ''] ?? document;
  const body = print(withoutLiterals(alone, schema));
  return {
    operation: {
      id: createHash('sha256').update(body).digest('hex'),
      name: name?.slice(0, longestName) ?? null,
      kind: operation.operation,
      body,
      coordinates: coordinatesOf(alone, schema),
    },
    inputVariables: inputVariablesOf(operation, schema),
  };
}
