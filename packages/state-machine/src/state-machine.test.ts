import { describe, expect, it } from 'vitest';
import { defineStateMachine } from './state-machine.ts';

const door = defineStateMachine('Door', 'SHUT', { SHUT: ['OPEN'], OPEN: ['SHUT', 'BROKEN'], BROKEN: [] });

describe('a state machine', () => {
  it('allows what its table lists', () => {
    expect(door.canMove('SHUT', 'OPEN')).toBe(true);
    expect(() => door.assertMove('OPEN', 'BROKEN')).not.toThrow();
    expect(door.isFinal('BROKEN')).toBe(true);
  });

  it('says what was allowed when a move is illegal', () => {
    expect(() => door.assertMove('SHUT', 'BROKEN')).toThrow(
      'Door cannot go from SHUT to BROKEN; from SHUT it may go to OPEN',
    );
    expect(() => door.assertMove('BROKEN', 'SHUT')).toThrow('BROKEN is final');
  });

  it.each([
    ['a target that is no state', { A: ['B'], B: ['C'] }, 'B leads to C, which is not a state'],
    ['a state that cannot be reached', { A: [], B: [] }, 'B cannot be reached from A'],
    ['a table without an end', { A: ['B'], B: ['A'] }, 'no state is final'],
    ['an initial state that is not listed', { B: [] }, 'the initial state A is not in the table'],
  ])('refuses %s at boot', (_, table, message) => {
    expect(() => defineStateMachine<string>('Broken', 'A', table)).toThrow(message);
  });
});
