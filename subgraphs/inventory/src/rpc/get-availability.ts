import type { MessageInitShape } from '@bufbuild/protobuf';
import { Failure } from '@stoa/errors';
import type {
  GetAvailabilityRequest,
  GetAvailabilityResponseSchema,
} from '../__generated__/inventory/v1/inventory_pb.js';
import type { Context } from '../context.ts';

const maximumVariants = 1_000;

/**
 * GetAvailability of the proto.
 * @throws {Failure} bad-input for more than 1,000 variants
 */
export async function getAvailability(
  { variantIds }: GetAvailabilityRequest,
  { availability }: Context,
): Promise<MessageInitShape<typeof GetAvailabilityResponseSchema>> {
  if (variantIds.length > maximumVariants) {
    throw new Failure(
      'bad-input',
      `Expected at most ${maximumVariants} variants in one call, found ${variantIds.length}`,
    );
  }
  const variants = variantIds.map(async (variantId) => ({
    variantId,
    available: (await availability.load(variantId))?.available ?? 0,
  }));
  return { variants: await Promise.all(variants) };
}
