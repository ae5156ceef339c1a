import type { MessageInitShape } from '@bufbuild/protobuf';
import type { ReserveRequest, ReserveResponseSchema } from '../__generated__/inventory/v1/inventory_pb.js';
import type { Context } from '../context.ts';
import { reserve } from '../reservation/reserve.ts';
import { reservationMessage } from './reservation-message.ts';

/** Reserve of the proto. */
export async function reserveStock(
  request: ReserveRequest,
  context: Context,
): Promise<MessageInitShape<typeof ReserveResponseSchema>> {
  const outcome = await reserve(context, request);
  return outcome.kind === 'reservation'
    ? { result: { case: 'reservation', value: reservationMessage(outcome.id, outcome.state) } }
    : { result: { case: 'insufficientStock', value: { shortages: [...outcome.shortages] } } };
}
