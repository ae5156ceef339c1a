import type { Settings } from '../config.ts';
import type { User } from './user.entity.ts';

/** Whether a user may not sign in although the password is right: the passwords of the demo accounts are public. */
export function isBarred(
  user: Pick<User, 'hasDemoPassword'>,
  { isProduction }: Pick<Settings, 'isProduction'>,
): boolean {
  return isProduction && user.hasDemoPassword;
}
