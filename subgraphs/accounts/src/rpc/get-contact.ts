import type { MessageInitShape } from '@bufbuild/protobuf';
import { Failure } from '@stoa/errors';
import { requireService } from '@stoa/identity';
import type {
  GetContactRequest,
  GetContactResponseSchema,
} from '../__generated__/accounts/v1/accounts_pb.js';
import type { Context } from '../context.ts';

/**
 * AccountsService.GetContact.
 * @throws {Failure} forbidden unless a service asks for itself; not-found for an unknown user
 */
export async function getContact(
  { userId }: GetContactRequest,
  { call, load }: Context,
): Promise<MessageInitShape<typeof GetContactResponseSchema>> {
  requireService(call);
  const user = await load.users.load(userId);
  if (user === null) throw new Failure('not-found', 'There is no such user');
  return { email: user.email, emailVerified: user.emailVerifiedAt !== null };
}
