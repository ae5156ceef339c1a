import type { MigrationDefinition } from '@stoa/database';
import { eventMigrations } from '@stoa/events';
import { sessions } from './2026-11-24-sessions.ts';
import { signingKeys } from './2026-11-24-signing-keys.ts';
import { users } from './2026-11-24-users.ts';

/** In the order in which they are applied. */
export const migrations: readonly MigrationDefinition[] = [...eventMigrations, users, sessions, signingKeys];
