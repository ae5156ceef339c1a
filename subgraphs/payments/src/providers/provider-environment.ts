import type { Clock, NewId } from '@stoa/clock';
import type { Database } from '@stoa/database';
import type { Logger } from '@stoa/telemetry';
import type { Background } from '../background.ts';
import type { PaymentsSettings } from '../config.ts';
import type { OwnAddress } from './own-address.ts';

/** What a provider is made with. */
export interface ProviderEnvironment {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
  readonly settings: PaymentsSettings;
  /** The secret that all processes of the shop share. */
  readonly contextSecret: string;
  readonly ownAddress: OwnAddress;
  readonly background: Background;
}
