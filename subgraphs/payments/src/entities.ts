import { OutboxEvent } from '@stoa/events';
import { LedgerEntry } from './ledger/ledger-entry.entity.ts';
import { PaymentOperation } from './operation/payment-operation.entity.ts';
import { Payment } from './payment/payment.entity.ts';
import { SandboxRequest } from './providers/sandbox/answer-once.ts';
import { SandboxCharge } from './providers/sandbox/sandbox-charge.entity.ts';
import { SandboxRefund } from './providers/sandbox/sandbox-refund.entity.ts';
import { SandboxWebhook } from './providers/sandbox/sandbox-webhook.entity.ts';
import { WebhookEvent } from './webhooks/webhook-event.entity.ts';

/** What the database of payments holds. */
export const entities = [
  OutboxEvent,
  Payment,
  PaymentOperation,
  LedgerEntry,
  WebhookEvent,
  SandboxCharge,
  SandboxRefund,
  SandboxRequest,
  SandboxWebhook,
];
