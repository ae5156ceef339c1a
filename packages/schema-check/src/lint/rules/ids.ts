import type { ASTNode, TypeNode } from 'graphql';
import { type LintRule, namedTypeOf, placeOf, written } from '../linted-graph.ts';

/** `id` is an `ID!`, and what is named after an id is an ID. */
export const ids: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    const wrong = (coordinate: string, node: ASTNode, expected: string, type: TypeNode) => ({
      level: 'error' as const,
      code: 'ID_TYPE',
      message: `Expected ${coordinate} to be ${expected}, and found ${written(type)}.`,
      mend: `Make it ${expected}; what people read out is a field of its own, such as number or slug.`,
      coordinate,
      ...placeOf(source, node),
    });
    for (const type of types.values()) {
      for (const field of type.fields) {
        const name = field.name.value;
        const coordinate = `${type.name}.${name}`;
        if (name === 'id' && written(field.type) !== 'ID!') yield wrong(coordinate, field, 'ID!', field.type);
        else if (isNamedAfterId(name) && isText(field.type)) yield wrong(coordinate, field, 'ID', field.type);
        for (const argument of field.arguments ?? []) {
          if (!isNamedAfterId(argument.name.value) || !isText(argument.type)) continue;
          yield wrong(`${coordinate}(${argument.name.value}:)`, argument, 'ID', argument.type);
        }
      }
      for (const field of type.inputFields) {
        if (!isNamedAfterId(field.name.value) || !isText(field.type)) continue;
        yield wrong(`${type.name}.${field.name.value}`, field, 'ID', field.type);
      }
    }
  }
};

function isNamedAfterId(name: string): boolean {
  return /^ids?$|[a-z0-9]Ids?$/.test(name);
}

function isText(type: TypeNode): boolean {
  return ['String', 'Int', 'Float'].includes(namedTypeOf(type));
}
