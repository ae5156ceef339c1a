import type { ASTNode, ConstDirectiveNode } from 'graphql';
import { type LintRule, placeOf } from '../linted-graph.ts';

/** A deprecation says what to use instead: whoever reads it has to move. */
export const deprecations: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    for (const type of types.values()) {
      const parts = [...type.fields, ...type.inputFields, ...type.values].flatMap((part) => [
        { coordinate: `${type.name}.${part.name.value}`, part },
        ...(('arguments' in part && part.arguments) || []).map((argument) => ({
          coordinate: `${type.name}.${part.name.value}(${argument.name.value}:)`,
          part: argument,
        })),
      ]);
      for (const { coordinate, part } of parts) {
        if (!isDeprecatedWithoutReason(part)) continue;
        yield {
          level: 'warning',
          code: 'DEPRECATION_REASON_MISSING',
          message: `Expected the deprecation of ${coordinate} to say what to use instead, and it gives no reason.`,
          mend: 'Write @deprecated(reason: "Use …: …").',
          coordinate,
          ...placeOf(source, part),
        };
      }
    }
  }
};

function isDeprecatedWithoutReason(
  node: ASTNode & { readonly directives?: readonly ConstDirectiveNode[] },
): boolean {
  const deprecated = node.directives?.find(({ name }) => name.value === 'deprecated');
  return deprecated !== undefined && !deprecated.arguments?.some(({ name }) => name.value === 'reason');
}
