import type { ASTNode } from 'graphql';
import { type LintedType, type LintRule, placeOf } from '../linted-graph.ts';

const pascalCase = /^[A-Z][A-Za-z0-9]*$/;
const camelCase = /^[a-z][A-Za-z0-9]*$/;
const upperCase = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/;

/** Types in PascalCase, fields and arguments in camelCase, enum values in UPPER_CASE; inputs end in Input or Filter. */
export const names: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    const misnamed = (code: string, coordinate: string, node: ASTNode, expected: string, better: string) => ({
      level: 'error' as const,
      code,
      message: `Expected ${expected}, and found ${coordinate}.`,
      mend: `Call it ${better}; if clients use it, add that one and mark this one @deprecated.`,
      coordinate,
      ...placeOf(source, node),
    });
    for (const type of types.values()) {
      if (!pascalCase.test(type.name)) {
        yield misnamed(
          'TYPE_NAME',
          type.name,
          type.node,
          'the name of a type in PascalCase',
          pascalOf(type.name),
        );
      }
      const ending = misplacedEnding(type);
      if (ending) yield misnamed('INPUT_NAME', type.name, type.node, ending.expected, ending.better);
      for (const field of [...type.fields, ...type.inputFields]) {
        const name = field.name.value;
        const coordinate = `${type.name}.${name}`;
        if (!camelCase.test(name)) {
          yield misnamed('FIELD_NAME', coordinate, field, 'the name of a field in camelCase', camelOf(name));
        }
        for (const argument of ('arguments' in field && field.arguments) || []) {
          const given = argument.name.value;
          if (camelCase.test(given)) continue;
          const at = `${coordinate}(${given}:)`;
          yield misnamed(
            'ARGUMENT_NAME',
            at,
            argument,
            'the name of an argument in camelCase',
            camelOf(given),
          );
        }
      }
      for (const value of type.values) {
        const name = value.name.value;
        if (upperCase.test(name)) continue;
        const at = `${type.name}.${name}`;
        yield misnamed(
          'ENUM_VALUE_NAME',
          at,
          value,
          'the name of an enum value in UPPER_CASE',
          upperOf(name),
        );
      }
    }
  }
};

function misplacedEnding({ name, kind }: LintedType): { expected: string; better: string } | null {
  if (kind === 'input') {
    return /(Input|Filter)$/.test(name)
      ? null
      : {
          expected: 'the name of an input type to end in Input, or in Filter for what a list is narrowed by',
          better: `${name}Input`,
        };
  }
  return name.endsWith('Input')
    ? {
        expected: 'a name that ends in Input to be one of an input type',
        better: name.slice(0, -'Input'.length),
      }
    : null;
}

function pascalOf(name: string): string {
  return partsOf(name)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function camelOf(name: string): string {
  const pascal = pascalOf(name);
  return pascal.charAt(0).toLowerCase() + pascal.slice(1);
}

function upperOf(name: string): string {
  return partsOf(name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2'))
    .join('_')
    .toUpperCase();
}

function partsOf(name: string): string[] {
  return name.split('_').filter((part) => part !== '');
}
