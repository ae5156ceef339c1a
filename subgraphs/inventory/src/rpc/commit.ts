import type { MessageInitShape } from '@bufbuild/protobuf';
import type { CommitRequest, CommitResponseSchema } from '../__generated__/inventory/v1/inventory_pb.js';
import type { Context } from '../context.ts';
import { commit } from '../reservation/commit.ts';
import { reservationMessage } from './reservation-message.ts';

/** Commit of the proto. */
export async function commitReservation(
  { reservationId }: CommitRequest,
  context: Context,
): Promise<MessageInitShape<typeof CommitResponseSchema>> {
  return { reservation: reservationMessage(reservationId, await commit(context, reservationId)) };
}
