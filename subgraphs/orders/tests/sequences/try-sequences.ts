import fc from 'fast-check';
import { sequences } from './command.ts';
import { theatre } from './stage.ts';
import { trySequence } from './try-sequence.ts';

export interface SequencesTried {
  readonly sequences: number;
  readonly commands: number;
}

/** Fakes look through all that they keep: a new shop is opened before that takes longer than the orders do. */
const sequencesOfShop = 250;

/**
 * Does random sequences of commands to an order each.
 * @param onTried hears of each, for whoever waits
 * @throws {Error} with the shortest sequence that was found to break a promise, and with its seed
 */
export async function trySequences(
  count: number,
  onTried: (tried: SequencesTried) => void = () => {},
): Promise<SequencesTried> {
  let stage = await theatre();
  let tried = 0;
  let commands = 0;
  try {
    await fc.assert(
      fc.asyncProperty(sequences, async (sequence) => {
        if (tried > 0 && tried % sequencesOfShop === 0) {
          await stage.stop();
          stage = await theatre();
        }
        await trySequence(stage, sequence);
        tried += 1;
        commands += sequence.length;
        onTried({ sequences: tried, commands });
      }),
      { numRuns: count },
    );
  } finally {
    await stage.stop();
  }
  return { sequences: tried, commands };
}
