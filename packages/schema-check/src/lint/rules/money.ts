import type { ASTNode, TypeNode } from 'graphql';
import { type LintRule, namedTypeOf, placeOf, wordsOf } from '../linted-graph.ts';

/** Last words of names that hold money, in whatever trade. */
const moneyWords = new Set(
  'amount balance budget charge charges cost costs credit debit deposit discount fare fee fees gross net paid payout price prices refund refunded revenue salary subtotal surcharge tax total turnover wage'.split(
    ' ',
  ),
);
/** Those among them that hold money whenever they are a number; a total may count things. */
const moneyAlways = new Set(
  'cost costs fare fee fees price prices salary subtotal surcharge wage'.split(' '),
);

/** Money is an integer of minor units with its currency: Money. A Float loses cents, a bare number its currency. */
export const money: LintRule = function* (subgraphs) {
  for (const { source, types } of subgraphs) {
    const judge = function* (
      coordinate: string,
      name: string,
      node: ASTNode,
      type: TypeNode,
      instead: string,
    ) {
      const last = wordsOf(name).at(-1) ?? '';
      const found = namedTypeOf(type);
      const isFloat = found === 'Float' && moneyWords.has(last);
      const isBare = ['Int', 'String', 'ID'].includes(found) && moneyAlways.has(last);
      if (!isFloat && !isBare) return;
      yield {
        level: isFloat ? ('error' as const) : ('warning' as const),
        code: 'MONEY_AS_NUMBER',
        message: `Expected ${coordinate} to be ${instead}, as its name says money, and found ${found}.`,
        mend: isFloat
          ? `Make it ${instead}: a Float cannot hold cents exactly, and knows no currency.`
          : `Make it ${instead}, which knows its currency; when it is not money, give it another name.`,
        coordinate,
        ...placeOf(source, node),
      };
    };
    for (const type of types.values()) {
      for (const field of type.fields) {
        const coordinate = `${type.name}.${field.name.value}`;
        yield* judge(coordinate, field.name.value, field, field.type, 'Money');
        for (const argument of field.arguments ?? []) {
          const at = `${coordinate}(${argument.name.value}:)`;
          yield* judge(at, argument.name.value, argument, argument.type, 'MoneyInput');
        }
      }
      for (const field of type.inputFields) {
        yield* judge(`${type.name}.${field.name.value}`, field.name.value, field, field.type, 'MoneyInput');
      }
    }
  }
};
