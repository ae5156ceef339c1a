import { oneOf, url, z } from '@stoa/config';

/** The variables of a service that sends mail, to be spread into its own. */
export const mailConfig = {
  NODE_ENV: oneOf(['development', 'test', 'production'], 'development'),
  MAIL_FROM: z.string().default('Stoa <shop@stoa.example>'),
  /** The mail server, for example smtp://user:password@host:587; unset, mails are files in the data folder. */
  SMTP_URL: url(['smtp', 'smtps']).optional(),
} as const;
