import type { CallContext } from '@stoa/identity';
import { type MailTransport, openMail } from '@stoa/mail';
import { ordersRpc } from '@stoa/orders/rpc';
import type { Process, ServicesOf } from '@stoa/subgraph';
import { type Settings, settingsOf, type shape } from './config.ts';
import { type KeyStore, openKeyStore } from './keys/key-store.ts';
import { type AfterAnswer, createAfterAnswer } from './mail/after-answer.ts';
import { argon2Hasher, type PasswordHasher } from './passwords/argon2-hasher.ts';

/** The services that accounts calls. */
export const calls = { orders: ordersRpc };

/** What lives as long as the process. */
export interface App {
  readonly settings: Settings;
  readonly passwords: PasswordHasher;
  readonly keys: KeyStore;
  readonly mail: MailTransport;
  readonly afterAnswer: AfterAnswer;
  /** Clients of the other services, for calls that accounts makes on its own behalf. */
  readonly servicesFor: (call: CallContext) => ServicesOf<typeof calls>;
}

/** What a test puts in place of a part. */
export type Overrides = Partial<Pick<App, 'passwords' | 'mail'>>;

export async function createApp(
  { config, database, clock, newId, logger, services }: Process<typeof shape, typeof calls>,
  overrides: Overrides = {},
): Promise<App> {
  const settings = settingsOf(config);
  const keys = await openKeyStore({
    database,
    clock,
    newId,
    keySecret: settings.keySecret,
    isProduction: settings.isProduction,
    publishAheadSeconds: settings.keyPublishAheadSeconds,
    accessTokenSeconds: settings.accessTokenSeconds,
  });
  return {
    settings,
    passwords: overrides.passwords ?? argon2Hasher(settings.passwordCost),
    keys,
    mail: overrides.mail ?? openMail({ config, newId, logger }),
    afterAnswer: createAfterAnswer(logger),
    servicesFor: services,
  };
}

/** Lets what was begun come to its end. */
export async function stopApp({ afterAnswer, mail }: App): Promise<void> {
  await afterAnswer.finish();
  mail.close();
}
