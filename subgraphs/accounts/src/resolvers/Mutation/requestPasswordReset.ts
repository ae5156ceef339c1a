import type { MutationResolvers } from '../../__generated__/resolvers-types.ts';
import { lifetimeSeconds } from '../../mailed-links/mailed-links.ts';
import { requestPasswordReset as mailLink } from '../../passwords/request-password-reset.ts';
import { invalidInput } from '../user-errors.ts';

export const requestPasswordReset: MutationResolvers['requestPasswordReset'] = async (
  _,
  { input },
  context,
) => {
  const outcome = await mailLink(context, input);
  switch (outcome.kind) {
    case 'requested':
      return {
        __typename: 'PasswordResetRequested',
        email: input.email,
        expiresIn: lifetimeSeconds.RESET_PASSWORD,
      };
    case 'invalid-input':
      return invalidInput(outcome);
  }
};
