import { type ASTNode, Kind } from 'graphql';
import { hasDirective, type LintedSubgraph, type LintRule, placeOf, rootTypes } from '../linted-graph.ts';

/** Everything that Sandbox shows has a description, save the root types and what a subgraph only refers to. */
export const descriptions: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    const missing = (what: string, coordinate: string, node: ASTNode) => ({
      level: 'error' as const,
      code: 'DESCRIPTION_MISSING',
      message: `Expected a description of the ${what} ${coordinate}, and found none.`,
      mend: 'Write a string before it that says what its name does not: "What one unit costs, without promotions."',
      coordinate,
      ...placeOf(source, node),
    });
    for (const type of types.values()) {
      if (!type.isExtension && !rootTypes.has(type.name) && isMissing(type.description)) {
        yield missing('type', type.name, type.node);
      }
      for (const field of type.fields) {
        const coordinate = `${type.name}.${field.name.value}`;
        if (hasDirective(field, 'external')) continue;
        if (isMissing(field.description?.value)) yield missing('field', coordinate, field);
        for (const argument of field.arguments ?? []) {
          if (!isMissing(argument.description?.value)) continue;
          yield missing('argument', `${coordinate}(${argument.name.value}:)`, argument);
        }
      }
      for (const field of type.inputFields) {
        if (isMissing(field.description?.value))
          yield missing('input field', `${type.name}.${field.name.value}`, field);
      }
      for (const value of type.values) {
        if (isMissing(value.description?.value))
          yield missing('value', `${type.name}.${value.name.value}`, value);
      }
    }
    for (const { name, node, description, argumentNodes } of ownDirectives(source)) {
      if (isMissing(description)) yield missing('directive', `@${name}`, node);
      for (const argument of argumentNodes) {
        if (isMissing(argument.description?.value))
          yield missing('argument', `@${name}(${argument.name.value}:)`, argument);
      }
    }
  }
};

function isMissing(description: string | null | undefined): boolean {
  return description === null || description === undefined || description.trim() === '';
}

/** Those that clients can write; federation's own, which a schema may declare as well, are not the author's. */
function ownDirectives({ document }: LintedSubgraph['source']) {
  return document.definitions.flatMap((node) =>
    node.kind === Kind.DIRECTIVE_DEFINITION && node.locations.some(({ value }) => executable.has(value))
      ? {
          name: node.name.value,
          node,
          description: node.description?.value,
          argumentNodes: node.arguments ?? [],
        }
      : [],
  );
}

const executable = new Set([
  'QUERY',
  'MUTATION',
  'SUBSCRIPTION',
  'FIELD',
  'FRAGMENT_SPREAD',
  'INLINE_FRAGMENT',
]);
