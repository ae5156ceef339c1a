import type { Worker } from '@stoa/subgraph';
import type { App, Context } from './context.ts';
import { expireDueReservations } from './reservation/expire-due-reservations.ts';

/** Work that goes on beside the requests. */
export const workers: readonly Worker<App, Context>[] = [
  { name: 'expire-reservations', pauseMs: () => 1_000, pass: expireDueReservations },
];
