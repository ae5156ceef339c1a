export { mailConfig } from './config.ts';
export type { Mail, MailTransport } from './mail-transport.ts';
export { type MailOptions, openMail } from './open-mail.ts';
