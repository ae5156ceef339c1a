/** The forms of what names a thing. What has another form is nothing's name, and need not be looked for. */

const slug = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const sku = /^[A-Za-z0-9]+(?:[-._][A-Za-z0-9]+)*$/;

/** Small letters and digits in words joined by dashes, 200 characters at most. */
export function isSlug(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 200 && slug.test(text);
}

/** As a slug, 100 characters at most: the code of an option, a facet, or a value of one. */
export function isCode(text: string): boolean {
  return text.length <= 100 && slug.test(text);
}

/** Letters and digits, with single dashes, dots or underscores between, 64 characters at most. */
export function isSku(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 64 && sku.test(text);
}
