import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { compileSelection } from './compile-selection.ts';
import { compileVariables } from './compile-variables.ts';
import { type Complete, Execution } from './execution.ts';

type Variables = Readonly<Record<string, unknown>>;

/**
 * A query that was compiled.
 * @returns its data; null where graphql-js has to answer, as something was not as it should be
 */
export type CompiledQuery = (
  contextValue: unknown,
  variables: Variables,
) => Promise<Record<string, unknown> | null>;

/** An operation with very many combinations of conditions keeps so many forms of itself. */
const mostForms = 64;

/**
 * Compiles a valid query to functions that make its answer. They know only of answers without errors: whatever is
 * not as it should be is left to graphql-js, so that there is one form of errors.
 */
export function compileQuery(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledQuery | null {
  const root = schema.getQueryType();
  if (!root) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const conditionNames = conditionVariables(document);
  const readVariables = compileVariables(schema, operation.variableDefinitions ?? []);
  const forms = new Map<string, Complete>();
  const formOf = (variables: Variables): Complete => {
    const key = conditionNames.map((name) => String(variables[name])).join();
    let form = forms.get(key);
    if (form === undefined) {
      // Not all variables, as it is kept.
      const conditions = Object.fromEntries(
        conditionNames.flatMap((name) => (Object.hasOwn(variables, name) ? [[name, variables[name]]] : [])),
      );
      const compiling = { schema, fragments, operation, conditions, fields: 0 };
      form = compileSelection(compiling, root, [operation.selectionSet]);
      if (forms.size < mostForms) forms.set(key, form);
    }
    return form;
  };
  return async (contextValue, variables) => {
    const read = readVariables(variables);
    if (read === null || conditionNames.some((name) => read[name] === null)) return null;
    const execution = new Execution(contextValue, read);
    const data = formOf(read)({}, execution) as Record<string, unknown>;
    return (await execution.hasSucceeded()) ? data : null;
  };
}

/** Those that decide over parts of a document. */
function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: args = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
