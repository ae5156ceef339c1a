import type { Step } from '../step.ts';

/** Chooses the reservation's id, so that asking for it twice reserves once, and giving it back always finds it. */
export const prepareReservation: Step = {
  onFault: 'undo',
  take: async (_, { newId }) => ({ to: 'RESERVING', record: { reservationId: newId() } }),
};
