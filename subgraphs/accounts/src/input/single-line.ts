/** A text that was checked, or what was expected of it. */
export type Checked<Value> =
  | { readonly kind: 'good'; readonly value: Value }
  | { readonly kind: 'bad'; readonly expected: string };

/** Checks a line that people read: without the spaces around it, from 1 to `maximum` characters, no control characters. */
export function singleLine(text: string, maximum: number): Checked<string> {
  const value = text.trim().normalize('NFC');
  const isGood = value.length > 0 && value.length <= maximum && !/\p{Cc}/u.test(value);
  return isGood
    ? { kind: 'good', value }
    : { kind: 'bad', expected: `from 1 to ${maximum} characters on one line` };
}

/** What a message may show of a text that somebody sent. */
export function excerpt(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
