import { Failure } from '@stoa/errors';

/** From each state, the states it may go to. A state with an empty list is final. */
export type Transitions<State extends string> = Readonly<Record<State, readonly State[]>>;

export interface StateMachine<State extends string> {
  readonly name: string;
  readonly initial: State;
  readonly states: readonly State[];
  canMove(from: State, to: State): boolean;
  isFinal(state: State): boolean;
  /**
   * Checks one move.
   * @throws {Failure} ILLEGAL_TRANSITION (conflict) with from, to and what was allowed
   */
  assertMove(from: State, to: State): void;
}

/**
 * Makes a state machine out of its table and checks the table: every target is a state, every
 * state can be reached from the initial one, and at least one state is final.
 * @throws {Error} at boot, naming each fault of the table
 */
export function defineStateMachine<State extends string>(
  name: string,
  initial: State,
  transitions: Transitions<State>,
): StateMachine<State> {
  const states = Object.keys(transitions) as State[];
  const faults = faultsOf(initial, states, transitions);
  if (faults.length > 0) throw new Error(`State machine ${name}: ${faults.join('; ')}`);
  return {
    name,
    initial,
    states,
    canMove: (from, to) => transitions[from].includes(to),
    isFinal: (state) => transitions[state].length === 0,
    assertMove: (from, to) => {
      if (transitions[from].includes(to)) return;
      const allowed = transitions[from];
      throw new Failure(
        'conflict',
        `${name} cannot go from ${from} to ${to}; ${allowed.length > 0 ? `from ${from} it may go to ${allowed.join(', ')}` : `${from} is final`}`,
        { code: 'ILLEGAL_TRANSITION', details: { from, to, allowed } },
      );
    },
  };
}

function faultsOf<State extends string>(
  initial: State,
  states: readonly State[],
  transitions: Transitions<State>,
): string[] {
  const faults: string[] = [];
  if (!states.includes(initial)) return [`the initial state ${initial} is not in the table`];
  for (const state of states) {
    for (const target of transitions[state]) {
      if (!states.includes(target)) faults.push(`${state} leads to ${target}, which is not a state`);
    }
  }
  const reached = new Set<State>([initial]);
  for (const state of reached) for (const target of transitions[state] ?? []) reached.add(target);
  for (const state of states)
    if (!reached.has(state)) faults.push(`${state} cannot be reached from ${initial}`);
  if (!states.some((state) => transitions[state].length === 0)) faults.push('no state is final');
  return faults;
}
