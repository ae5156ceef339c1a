import { integer } from '@stoa/config';

/** What inventory reads of its environment, beside what every subgraph reads. */
export const inventoryConfig = {
  /** How long stock stays set aside when the caller does not say. */
  RESERVATION_SECONDS: integer(900, { min: 1, max: 604_800 }),
} as const;
