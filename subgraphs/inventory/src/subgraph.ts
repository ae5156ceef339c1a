import { OutboxEvent } from '@stoa/events';
import { defineSubgraph } from '@stoa/subgraph';
import { migrations } from '../migrations/index.ts';
import { inventoryConfig } from './config.ts';
import { createContext } from './context.ts';
import { stockChanged } from './events.ts';
import { Reservation } from './reservation/reservation.entity.ts';
import { ReservationLine } from './reservation/reservation-line.entity.ts';
import { Restock } from './reservation/restock.entity.ts';
import { resolvers } from './resolvers/index.ts';
import { availabilitiesAhead } from './resolvers/ProductVariant.ts';
import { inventoryService } from './rpc/inventory-service.ts';
import { seed } from './seed.ts';
import { availabilityReads } from './stock/availability.ts';
import { StockItem } from './stock/stock-item.entity.ts';
import { StockLocation } from './stock/stock-location.entity.ts';
import { StockMovement } from './stock/stock-movement.entity.ts';
import { workers } from './workers.ts';

/** What lies where, and what of it is set aside. */
export const inventory = defineSubgraph({
  name: 'inventory',
  folder: new URL('..', import.meta.url),
  config: inventoryConfig,
  entities: [OutboxEvent, StockLocation, StockItem, StockMovement, Reservation, ReservationLine, Restock],
  migrations,
  app: ({ config, database, clock }) => {
    const reading = database.em.fork();
    return {
      reservationSeconds: config.RESERVATION_SECONDS,
      reading,
      availabilities: availabilityReads(reading, clock.now),
    };
  },
  context: createContext,
  resolvers,
  readAheads: { ProductVariant: { availability: availabilitiesAhead } },
  rpc: inventoryService,
  workers,
  hears: [stockChanged],
  seed,
});
