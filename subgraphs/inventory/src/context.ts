import { type EntityManager, type Gathered, type Loader, lazily } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import {
  type ReservationLineRow,
  type ReservationRow,
  reservationLineLoader,
  reservationLoader,
} from './reservation/reservations.ts';
import type { VariantAvailability } from './stock/availability.ts';
import { type StockLevel, stockItemLoader } from './stock/stock-levels.ts';
import { type StockLocationRow, stockLocationLoader } from './stock/stock-locations.ts';

/** What lives as long as the process. */
export interface App {
  /** How long stock stays set aside when the caller does not say. */
  readonly reservationSeconds: number;
  /** For reading: no unit of work, and no transaction. */
  readonly reading: EntityManager;
  readonly availabilities: Gathered<string, VariantAvailability>;
}

/** What an operation or an rpc has. */
export interface Context extends RequestScope, App {
  readonly stockLocations: Loader<string, StockLocationRow | null>;
  readonly stockItems: Loader<string, StockLevel | null>;
  readonly availability: Loader<string, VariantAvailability | null>;
  readonly reservations: Loader<string, ReservationRow | null>;
  readonly reservationLines: Loader<string, readonly ReservationLineRow[]>;
}

const withReads = lazily<RequestScope & App, Omit<Context, keyof RequestScope | keyof App>>({
  stockLocations: ({ reading }) => stockLocationLoader(reading),
  stockItems: ({ reading, clock }) => stockItemLoader(reading, clock.now),
  availability: ({ availabilities }) => availabilities.one(),
  reservations: ({ reading }) => reservationLoader(reading),
  reservationLines: ({ reading }) => reservationLineLoader(reading),
});

export function createContext(scope: RequestScope, app: App): Context {
  return withReads(Object.assign(scope, app));
}
