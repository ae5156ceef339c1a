import { DateTime } from '@stoa/clock';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { adjustStock } from './Mutation/adjustStock.ts';
import { createStockLocation } from './Mutation/createStockLocation.ts';
import { setStock } from './Mutation/setStock.ts';
import { setStocks } from './Mutation/setStocks.ts';
import { ProductVariant } from './ProductVariant.ts';
import { reservation } from './Query/reservation.ts';
import { stockItems } from './Query/stockItems.ts';
import { stockLocations } from './Query/stockLocations.ts';
import { Reservation } from './Reservation.ts';
import { ReservationAllocation } from './ReservationAllocation.ts';
import { ReservationLine } from './ReservationLine.ts';
import { StockItem } from './StockItem.ts';
import { StockLocation } from './StockLocation.ts';
import { stockChanged } from './Subscription/stockChanged.ts';

export const resolvers: Resolvers = {
  Query: { stockLocations, stockItems, reservation },
  Mutation: { createStockLocation, setStock, setStocks, adjustStock },
  Subscription: { stockChanged },
  StockLocation,
  StockItem,
  Reservation,
  ReservationLine,
  ReservationAllocation,
  ProductVariant,
  DateTime,
};
