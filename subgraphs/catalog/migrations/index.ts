import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { catalogMigration } from './2026-11-24-catalog.ts';

/** In the order in which they are applied. */
export const migrations: readonly MigrationDefinition[] = [...eventMigrations, catalogMigration];
