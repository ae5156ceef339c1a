/** Characters that JSON cannot hold as they are, and halves of surrogate pairs, of which JSON.stringify writes lone ones escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has to escape them (RFC 8259, 7)
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;
/** Up to here a loop is faster than the expression. */
const short = 40;

/** A text as JSON writes it: what JSON.stringify gives, at a fraction of its cost for most texts. */
export function quote(text: string): string {
  const { length } = text;
  if (length > short) return special.test(text) ? JSON.stringify(text) : `"${text}"`;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff))
      return JSON.stringify(text);
  }
  return `"${text}"`;
}

/** The same for a text that is known to hold nothing to escape. */
export function enclose(text: string): string {
  return `"${text}"`;
}
