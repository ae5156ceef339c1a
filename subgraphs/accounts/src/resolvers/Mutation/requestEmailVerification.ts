import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { lifetimeSeconds } from '../../mailed-links/mailed-links.ts';
import { requestEmailVerification as mailLink } from '../../users/request-email-verification.ts';
import { emailAlreadyVerified, tooManyAttempts } from '../user-errors.ts';

export const requestEmailVerification: MutationResolvers['requestEmailVerification'] = async (
  _,
  __,
  context,
) => {
  const outcome = await mailLink(context);
  switch (outcome.kind) {
    case 'requested':
      return {
        __typename: 'EmailVerificationRequested',
        email: outcome.email,
        expiresIn: lifetimeSeconds.VERIFY_EMAIL,
      };
    case 'verified-already':
      return emailAlreadyVerified(outcome.email);
    case 'too-many-attempts':
      return tooManyAttempts(outcome.retryAfterSeconds);
  }
};
