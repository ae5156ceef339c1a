import type { SetStockOutcome } from '../stock/set-stock.ts';
import {
  invalidInputError,
  staleVersionError,
  stockBelowReservedError,
  stockLocationNotFoundError,
} from './user-errors.ts';

/** What came of a count, as the schema tells it. */
export function setStockResult(outcome: SetStockOutcome) {
  switch (outcome.kind) {
    case 'changed':
      return { __typename: 'StockItem', ...outcome.item } as const;
    case 'location-not-found':
      return stockLocationNotFoundError(outcome.locationId);
    case 'stale':
      return staleVersionError(outcome.expectedVersion, outcome.currentVersion);
    case 'below-reserved':
      return stockBelowReservedError(outcome);
    case 'invalid-input':
      return invalidInputError(outcome);
  }
}
