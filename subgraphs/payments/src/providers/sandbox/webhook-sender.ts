import { createHmac } from 'node:crypto';
import { type EntityManager, readInteger, rowsOf } from '@stoa/database';
import { takeDue } from '../../take-due.ts';
import { signWebhook } from '../../webhooks/signature.ts';
import type { ProviderEnvironment } from '../provider-environment.ts';
import { postWebhook } from './post-webhook.ts';
import { type SandboxEvent, signatureHeader } from './sandbox-event.ts';
import { SandboxWebhook } from './sandbox-webhook.entity.ts';

/** The sandbox's sender: off the path of requests, signed, tried again with growing delay. */
export interface WebhookSender {
  /** Adds a webhook to the caller's transaction. Not before `at`, which is now unless said. */
  announce(tx: EntityManager, event: Omit<SandboxEvent, 'id'>, at?: Date): Promise<string | null>;
  /** Has what is due sent, by and by. */
  nudge(): void;
  /** Sends one webhook now and waits for its answer, whatever that is. */
  deliver(id: string): Promise<void>;
  /** Sends what is due; true when there may be more. */
  pass(): Promise<boolean>;
}

type ToSend = Pick<SandboxWebhook, 'id' | 'body' | 'attempts'>;

const batchSize = 20;
const firstPauseMs = 1_000;
const longestPauseMs = 3_600_000;
/** A day and a half, all pauses together. */
const maximumAttempts = 48;
/** How long a pass has the webhooks that it took to itself: longer than all of its requests take. */
const takenForMs = 60_000;

/** The sandbox's webhooks are signed with a secret made of the one that the processes share, so that it needs no setting. */
export function sandboxWebhookSecret(contextSecret: string): string {
  return createHmac('sha256', contextSecret).update('webhooks of the sandbox').digest('base64url');
}

export function createWebhookSender(environment: ProviderEnvironment): WebhookSender {
  const { database, clock, newId, settings, ownAddress, background, logger } = environment;
  const secret = sandboxWebhookSecret(environment.contextSecret);
  const urlNow = () => {
    const own = ownAddress.current();
    return settings.PAYMENT_SANDBOX_WEBHOOK_URL ?? (own === null ? null : `${own}/webhooks/payments/sandbox`);
  };

  const post = async (url: string, body: string): Promise<boolean> =>
    postWebhook(url, body, { [signatureHeader]: signWebhook(secret, body, clock.now()) });

  const send = async (url: string, webhooks: readonly ToSend[]): Promise<void> => {
    const areDelivered = await Promise.all(webhooks.map(({ body }) => post(url, body)));
    const delivered = webhooks.filter((_, index) => areDelivered[index]).map(({ id }) => id);
    if (delivered.length > 0)
      await rowsOf(database.em).run(
        `update sandbox_webhook set state = 'DELIVERED', attempts = attempts + 1, claimed_by = null
         where id = any(?) and state = 'PENDING'`,
        [delivered],
      );
    for (const webhook of webhooks.filter((_, index) => !areDelivered[index])) await sendAgain(webhook);
  };

  const sendAgain = async ({ id, attempts }: ToSend): Promise<void> => {
    const isLast = attempts + 1 >= maximumAttempts;
    if (isLast) logger.warn({ event: 'sandbox.webhook-given-up', webhookId: id });
    await rowsOf(database.em).update(
      SandboxWebhook,
      { id, state: 'PENDING' },
      {
        state: isLast ? 'GIVEN_UP' : 'PENDING',
        attempts: attempts + 1,
        nextAttemptAt: new Date(clock.now().getTime() + pauseAfter(attempts)),
        claimedBy: null,
      },
    );
  };

  const pass = async () => {
    const url = urlNow();
    if (url === null || !settings.PAYMENT_SANDBOX_WEBHOOKS) return false;
    const taken = await takeDue(database.em, {
      table: 'sandbox_webhook',
      now: clock.now(),
      pass: newId(),
      takenForMs,
      limit: batchSize,
    });
    await send(
      url,
      taken.map(({ id, body, attempts }) => ({
        id: String(id),
        body: String(body),
        attempts: readInteger(attempts),
      })),
    );
    return taken.length === batchSize;
  };

  return {
    async announce(tx, event, at = clock.now()) {
      if (!settings.PAYMENT_SANDBOX_WEBHOOKS) return null;
      const id = newId();
      await rowsOf(tx).insert(SandboxWebhook, {
        id,
        body: JSON.stringify({ id, ...event }),
        state: 'PENDING',
        attempts: 0,
        createdAt: clock.now(),
        nextAttemptAt: at,
      });
      return id;
    },
    nudge() {
      if (urlNow() !== null) background.begin('send-sandbox-webhooks', pass);
    },
    async deliver(id) {
      const url = urlNow();
      const webhook = await rowsOf(database.em).findOne(SandboxWebhook, { id, state: 'PENDING' });
      if (url !== null && webhook !== null) await send(url, [webhook]);
    },
    pass,
  };
}

function pauseAfter(attempts: number): number {
  return Math.min(firstPauseMs * 2 ** attempts, longestPauseMs);
}
