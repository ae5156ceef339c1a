import { confirmByMail } from './confirm-by-mail.ts';
import { goOnWithCheckout } from './go-on-with-checkout.ts';

/** What orders does when something has happened, here or elsewhere. */
export const consumers = [...goOnWithCheckout, confirmByMail];
