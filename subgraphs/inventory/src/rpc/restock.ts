import type { MessageInitShape } from '@bufbuild/protobuf';
import type { RestockRequest, RestockResponseSchema } from '../__generated__/inventory/v1/inventory_pb.js';
import type { Context } from '../context.ts';
import { restock } from '../reservation/restock.ts';

/** Restock of the proto. */
export async function restockUnits(
  request: RestockRequest,
  context: Context,
): Promise<MessageInitShape<typeof RestockResponseSchema>> {
  await restock(context, request);
  return { restockId: request.restockId };
}
