import type { Connection } from '@stoa/database';
import type { ReservationRow } from './reservation/reservations.ts';
import type { Allocation } from './stock/allocate.ts';
import type { StockLevel } from './stock/stock-levels.ts';
import type { StockLocationRow } from './stock/stock-locations.ts';

// What the resolvers of a type are given, where it is not the type's own fields.

export type StockLocationMapper = StockLocationRow;
export type StockItemMapper = StockLevel;
export type StockItemConnectionMapper = Connection<StockLevel>;
export type ReservationMapper = ReservationRow;
export type ReservationAllocationMapper = Allocation;
export interface ReservationLineMapper {
  readonly variantId: string;
  readonly allocations: readonly Allocation[];
}
export interface ProductVariantMapper {
  readonly id: string;
}
