import { invalidInput, type RefusalOf } from './refusal.ts';

/** The longest reason that somebody may give for a change of an order, in characters: what a column of history holds. */
export const longestReason = 200;
export const longestKey = 200;

/**
 * Null for a text that can be kept, and for none where that will do.
 * @param maximum how many characters it may have
 * @param field the path of the argument, for example input.reason
 */
export function refusalOfText(
  text: string | null,
  maximum: number,
  field: string,
): RefusalOf<'invalid-input'> | null {
  if (text === null || (text.length >= 1 && text.length <= maximum)) return null;
  return invalidInput(field, `1 to ${maximum} characters`, `${text.length} characters`);
}
