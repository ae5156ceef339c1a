import type { Worker } from '@stoa/subgraph';
import { resumeCheckouts } from './checkout/resume-checkouts.ts';
import type { OrdersSettings } from './config.ts';
import type { Context } from './context.ts';
import { finishTasks } from './order/task/finish-tasks.ts';

/** Work that goes on beside the requests. */
export const workers: readonly Worker<OrdersSettings, Context>[] = [
  { name: 'resume-checkouts', pauseMs: () => 1_000, pass: resumeCheckouts },
  { name: 'finish-order-tasks', pauseMs: () => 1_000, pass: (context) => finishTasks(context) },
];
