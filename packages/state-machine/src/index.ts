export { defineStateMachine, type StateMachine, type Transitions } from './state-machine.ts';
