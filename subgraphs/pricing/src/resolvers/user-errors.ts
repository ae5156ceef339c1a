import type { InvalidInput } from '../input/invalid-input.ts';

/** The errors that several mutations answer with, as the schema has them. */

export function invalidInputError({ field, message }: InvalidInput) {
  return { __typename: 'InvalidInputError', code: 'INVALID_INPUT', field, message } as const;
}

/** `sought` is what was given: an id, or the currency of an amount. */
export function priceListNotFoundError(sought: { readonly id: string } | { readonly currency: string }) {
  const priceListId = 'id' in sought ? sought.id : null;
  const currency = 'id' in sought ? null : sought.currency;
  return {
    __typename: 'PriceListNotFoundError',
    code: 'PRICE_LIST_NOT_FOUND',
    message:
      currency === null ? `There is no price list ${priceListId}` : `There is no price list in ${currency}`,
    priceListId,
    currency,
  } as const;
}

export function currencyMismatchError(mismatch: { field: string; expected: string; found: string }) {
  const { field, expected, found } = mismatch;
  return {
    __typename: 'CurrencyMismatchError',
    code: 'CURRENCY_MISMATCH',
    message: `Expected an amount in ${expected}, found one in ${found}`,
    field,
    expected,
    found,
  } as const;
}

export function stalePriceError(stale: {
  variantId: string;
  expectedVersion: number;
  currentVersion: number;
}) {
  const { variantId, expectedVersion, currentVersion } = stale;
  return {
    __typename: 'StaleVersionError',
    code: 'STALE_VERSION',
    message: `Expected version ${expectedVersion} of the price of ${variantId}, found version ${currentVersion}`,
    currentVersion,
  } as const;
}

export function taxCategoryNotFoundError(taxCategoryId: string) {
  return {
    __typename: 'TaxCategoryNotFoundError',
    code: 'TAX_CATEGORY_NOT_FOUND',
    message: `There is no tax category ${taxCategoryId}`,
    taxCategoryId,
  } as const;
}
