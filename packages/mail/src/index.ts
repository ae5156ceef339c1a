export { mailConfig } from './config.ts';
export type { Mail, MailTransport } from './mail-transport.ts';
export { openMail } from './open-mail.ts';
