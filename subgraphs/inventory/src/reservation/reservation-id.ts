import { isId } from '@stoa/clock';
import { Failure } from '@stoa/errors';

/** @throws {Failure} bad-input for anything but a UUID */
export function assertReservationId(id: string): void {
  if (!isId(id)) {
    throw new Failure('bad-input', `Expected a UUID as the reservation's id, found ${JSON.stringify(id)}`);
  }
}
