import { excerpt, singleLine } from '../input/single-line.ts';
import { countryCodes } from './country-codes.ts';

/** What an address says: what a carrier needs. */
export interface AddressLines {
  readonly recipient: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly phone: string | null;
}

/** An address as it was sent: unchecked, lines left out or null. */
export type AddressRequest = { readonly [Line in keyof AddressLines]?: string | null | undefined };

interface Problem {
  readonly field: string;
  readonly message: string;
}

export type CheckedAddress =
  | { readonly kind: 'good'; readonly lines: AddressLines }
  | ({ readonly kind: 'invalid-input' } & Problem);

/** Checks an address and trims its lines. An optional line that is empty counts as left out. Tells the first problem. */
export function checkAddress(request: AddressRequest): CheckedAddress {
  const problems: Problem[] = [];
  const refuse = (line: keyof AddressLines, expected: string) => {
    const found = excerpt(request[line] ?? '');
    problems.push({ field: `input.${line}`, message: `Expected ${expected}, found ${found}` });
  };
  const required = (line: keyof AddressLines, maximum: number): string => {
    const checked = singleLine(request[line] ?? '', maximum);
    if (checked.kind === 'good') return checked.value;
    refuse(line, checked.expected);
    return '';
  };
  const optional = (line: keyof AddressLines, maximum: number): string | null =>
    (request[line] ?? '').trim() === '' ? null : required(line, maximum);

  const lines: AddressLines = {
    recipient: required('recipient', 100),
    line1: required('line1', 200),
    line2: optional('line2', 200),
    city: required('city', 100),
    region: optional('region', 100),
    postalCode: optional('postalCode', 20),
    country: (request.country ?? '').trim().toUpperCase(),
    phone: optional('phone', 30),
  };
  if (!countryCodes.has(lines.country)) refuse('country', 'an ISO 3166-1 alpha-2 country code such as DE');
  if (lines.phone !== null && !/^[\d +\-()./]*$/.test(lines.phone)) {
    refuse('phone', 'digits, spaces and the signs + - ( ) . /');
  }
  const [problem] = problems;
  return problem === undefined ? { kind: 'good', lines } : { kind: 'invalid-input', ...problem };
}
