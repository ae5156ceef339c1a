import type { Clock, NewId } from '@stoa/clock';
import type { Database } from '@stoa/database';

/** What a provider is made with. */
export interface ProviderEnvironment {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  /** Where a buyer's browser reaches the routes of the sandbox; without a slash at the end. */
  readonly sandboxUrl: string;
}
