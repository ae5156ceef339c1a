import type { RequestScope } from '@stoa/subgraph';
import type { PaymentsSettings } from './config.ts';
import type { Providers } from './providers/providers.ts';

/** What the rules of payments need of a call. */
export interface PaymentsScope extends Pick<RequestScope, 'call' | 'em' | 'clock' | 'newId' | 'logger'> {
  readonly providers: Providers;
  readonly settings: Pick<PaymentsSettings, 'PAYMENT_RECONCILE_AFTER_SECONDS'>;
}
