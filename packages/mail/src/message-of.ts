import type { Mail } from './mail-transport.ts';

/** As the composer takes it. */
export type Letter = ReturnType<typeof messageOf>;

/**
 * A letter as the composer takes it. The Message-ID (RFC 5322, section 3.6.4) of one that has an id is made of it and of the
 * sender's domain; that of any other is left to the composer.
 * @throws {Error} when the id could not stand in a header or be the name of a file
 */
export function messageOf({ id, to, subject, text }: Mail, from: string) {
  const letter = { from, to, subject, text };
  if (id === undefined) return letter;
  if (!/^[\w-]{1,100}$/.test(id)) {
    throw new Error(`Expected a mail's id of letters, digits, - and _, found ${JSON.stringify(id)}`);
  }
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return { ...letter, messageId: `<${id}@${domain}>` };
}
