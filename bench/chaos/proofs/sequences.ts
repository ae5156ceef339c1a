import { trySequences } from '../../../subgraphs/orders/tests/sequences/try-sequences.ts';
import type { Proof } from '../proof.ts';

/** Random sequences of commands, each on an order of its own amid fakes that keep books. */
export function randomSequences(count: number): Proof {
  return {
    name: 'sequences',
    title: 'an order keeps its promises, whatever is done to it in whatever order',
    async run(place, tell) {
      if (place.postgresUrl !== null) return { figures: 'needs no processes: see above', violations: [] };
      try {
        const { sequences, commands } = await trySequences(count, (tried) =>
          tell(`${tried.sequences} of ${count} sequences, ${tried.commands} commands`),
        );
        return { figures: `${sequences} random sequences of ${commands} commands in all`, violations: [] };
      } catch (error) {
        const { message, cause } = error as Error;
        const why = cause instanceof Error ? cause.message : '';
        return { figures: `of ${count} sequences, one failed`, violations: [`${why}: ${message}`] };
      }
    },
  };
}
