import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { priceLists } from './2026-11-24-price-lists.ts';
import { promotions } from './2026-11-24-promotions.ts';
import { taxes } from './2026-11-24-taxes.ts';
import { openPromotions } from './2026-11-27-open-promotions.ts';

export const migrations: readonly MigrationDefinition[] = [
  ...eventMigrations,
  priceLists,
  promotions,
  taxes,
  openPromotions,
];
