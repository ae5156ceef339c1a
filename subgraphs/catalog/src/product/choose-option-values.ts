import type { OptionChoiceInput } from '../__generated__/resolvers-types.ts';
import { invalid } from '../input/checks.ts';
import type { Problem } from '../problem.ts';

/** An option with what there is to choose. */
interface Offer<Value> {
  readonly code: string;
  readonly values: readonly Value[];
}

/**
 * The value chosen for each option, in the order of the options.
 * @param field the path of the choices, for the problem: that an option or a value does not exist, or
 * that an option has no choice or two
 */
export function chooseOptionValues<Value extends { readonly code: string }>(
  options: readonly Offer<Value>[],
  choices: readonly OptionChoiceInput[],
  field: string,
): { readonly problem: null; readonly values: readonly Value[] } | Problem<'invalid-input'> {
  const chosen = new Map<string, Value>();
  for (const [index, choice] of choices.entries()) {
    const option = options.find(({ code }) => code === choice.option);
    if (option === undefined)
      return invalid(`${field}.${index}.option`, oneOf(options), JSON.stringify(choice.option));
    const value = option.values.find(({ code }) => code === choice.value);
    if (value === undefined)
      return invalid(`${field}.${index}.value`, oneOf(option.values), JSON.stringify(choice.value));
    if (chosen.has(option.code))
      return invalid(`${field}.${index}.option`, 'one choice an option', `${option.code} again`);
    chosen.set(option.code, value);
  }
  const missing = options.find(({ code }) => !chosen.has(code));
  if (missing !== undefined) return invalid(field, `a choice for ${missing.code}`, 'none');
  return { problem: null, values: options.flatMap(({ code }) => chosen.get(code) ?? []) };
}

/** What tells one combination of option values from another, whatever the order of the options. */
export function combinationOf(valueIds: readonly string[]): string {
  return [...valueIds].sort().join('+');
}

const shownCodes = 10;

function oneOf(known: readonly { readonly code: string }[]): string {
  if (known.length === 0) return 'none, as the product has no options';
  const codes = known.slice(0, shownCodes).map(({ code }) => code);
  return `one of ${codes.join(', ')}${known.length > shownCodes ? ', …' : ''}`;
}
