import { DateTime } from '@stoa/clock';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { Address } from './Address.ts';
import { CountryCode } from './CountryCode.ts';
import { addAddress } from './Mutation/addAddress.ts';
import { changePassword } from './Mutation/changePassword.ts';
import { refreshSession } from './Mutation/refreshSession.ts';
import { removeAddress } from './Mutation/removeAddress.ts';
import { requestEmailVerification } from './Mutation/requestEmailVerification.ts';
import { requestPasswordReset } from './Mutation/requestPasswordReset.ts';
import { resetPassword } from './Mutation/resetPassword.ts';
import { setUserRoles } from './Mutation/setUserRoles.ts';
import { signIn } from './Mutation/signIn.ts';
import { signOut } from './Mutation/signOut.ts';
import { signUp } from './Mutation/signUp.ts';
import { updateAddress } from './Mutation/updateAddress.ts';
import { updateProfile } from './Mutation/updateProfile.ts';
import { verifyEmail } from './Mutation/verifyEmail.ts';
import { me } from './Query/me.ts';
import { user } from './Query/user.ts';
import { User } from './User.ts';

/** One file an operation, named as the operation. */
export const resolvers: Resolvers = {
  Query: { me, user },
  Mutation: {
    addAddress,
    changePassword,
    refreshSession,
    removeAddress,
    requestEmailVerification,
    requestPasswordReset,
    resetPassword,
    setUserRoles,
    signIn,
    signOut,
    signUp,
    updateAddress,
    updateProfile,
    verifyEmail,
  },
  User,
  Address,
  CountryCode,
  DateTime,
};
