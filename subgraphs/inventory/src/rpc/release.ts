import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ReleaseRequest, ReleaseResponseSchema } from '../__generated__/inventory/v1/inventory_pb.js';
import type { Context } from '../context.ts';
import { release } from '../reservation/release.ts';
import { reservationMessage } from './reservation-message.ts';

/** Release of the proto. */
export async function releaseReservation(
  { reservationId }: ReleaseRequest,
  context: Context,
): Promise<MessageInitShape<typeof ReleaseResponseSchema>> {
  return { reservation: reservationMessage(reservationId, await release(context, reservationId)) };
}
