import { defineStateMachine } from '@stoa/state-machine';

export type ReturnState = 'REQUESTED' | 'RECEIVED' | 'REJECTED';

/** The life of a return. Checked when the process starts. */
export const returnStates = defineStateMachine<ReturnState>('Return', 'REQUESTED', {
  REQUESTED: ['RECEIVED', 'REJECTED'],
  RECEIVED: [],
  REJECTED: [],
});
