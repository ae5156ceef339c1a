import type { InvalidInput } from '../invalid-input.ts';
import type { BelowReserved } from '../stock/on-hand-limits.ts';

export function invalidInputError({ field, message }: InvalidInput) {
  return { __typename: 'InvalidInputError', code: 'INVALID_INPUT', field, message } as const;
}

export function staleVersionError(expectedVersion: number, currentVersion: number) {
  return {
    __typename: 'StaleVersionError',
    code: 'STALE_VERSION',
    message: `Expected version ${expectedVersion}, found ${currentVersion}: somebody else changed it in between`,
    currentVersion,
  } as const;
}

export function stockBelowReservedError({ reserved, onHand }: BelowReserved) {
  return {
    __typename: 'StockBelowReservedError',
    code: 'STOCK_BELOW_RESERVED',
    message: `Expected at least ${reserved} on hand, as many as are reserved; it would be ${onHand}`,
    reserved,
  } as const;
}

export function stockLocationCodeTakenError(code: string) {
  return {
    __typename: 'StockLocationCodeTakenError',
    code: 'STOCK_LOCATION_CODE_TAKEN',
    message: `Another location has the code ${code}`,
  } as const;
}

export function stockLocationNotFoundError(id: string) {
  return {
    __typename: 'StockLocationNotFoundError',
    code: 'STOCK_LOCATION_NOT_FOUND',
    message: `There is no location with the id ${id}`,
  } as const;
}
