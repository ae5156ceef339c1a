/** RFC 5321, section 4.5.3.1.3, less the angle brackets. */
const maximumLength = 254;

/**
 * What mail servers accept in practice: one @, no spaces, control or quoting characters, and a domain of at least
 * two labels. Whether somebody reads it, only a mail to it can tell.
 */
const form =
  /^[^\s@\p{C}"(),:;<>[\\\]]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{0,61}[\p{L}\p{N}]$/u;

/** The address as it is kept: without the spaces around it; null when it cannot be one. */
export function parseEmail(text: string): string | null {
  const email = text.trim().normalize('NFC');
  return email.length <= maximumLength && form.test(email) ? email : null;
}

/**
 * What two spellings of one address have in common. The standard lets the part before the @ depend on letter case;
 * no provider of note does, and two accounts that differ by it would be a trap.
 */
export function emailKey(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}
