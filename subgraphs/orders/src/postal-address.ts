import { invalidInput, type RefusalOf } from './refusal.ts';

/** Where goods or a bill go. `country` is ISO 3166-1 alpha-2; what is not there is null. */
export interface PostalAddress {
  readonly recipient: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string;
  readonly phone: string | null;
}

/** An address as a client sends it. */
export type PostalAddressInput = { readonly [Part in keyof PostalAddress]?: string | null };

/**
 * Trims and checks an address; an empty part counts as missing.
 * @param field the path of the address among the arguments
 */
export function parsePostalAddress(
  input: PostalAddressInput,
  field: string,
): PostalAddress | RefusalOf<'invalid-input'> {
  const problems: RefusalOf<'invalid-input'>[] = [];
  const text = (part: keyof PostalAddress, maximum: number) => {
    const value = input[part]?.trim() ?? '';
    if (value.length > maximum) {
      const found = `${value.length} characters`;
      problems.push(invalidInput(`${field}.${part}`, `at most ${maximum} characters`, found));
    }
    return value;
  };
  const required = (part: keyof PostalAddress, maximum: number) => {
    const value = text(part, maximum);
    if (value === '') problems.push(invalidInput(`${field}.${part}`, 'some text', value));
    return value;
  };
  const optional = (part: keyof PostalAddress, maximum: number) => text(part, maximum) || null;
  const country = () => {
    const value = input.country?.trim().toUpperCase() ?? '';
    if (!/^[A-Z]{2}$/.test(value)) {
      problems.push(invalidInput(`${field}.country`, 'an ISO 3166-1 alpha-2 code such as DE', value));
    }
    return value;
  };
  const address: PostalAddress = {
    recipient: required('recipient', 200),
    line1: required('line1', 200),
    line2: optional('line2', 200),
    city: required('city', 100),
    region: optional('region', 100),
    postalCode: optional('postalCode', 20),
    country: country(),
    phone: optional('phone', 40),
  };
  return problems[0] ?? address;
}
