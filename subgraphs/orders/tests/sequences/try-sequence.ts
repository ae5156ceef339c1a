import type { Command } from './command.ts';
import { violationsAtRest, violationsNow } from './invariants.ts';
import type { Theatre } from './stage.ts';

/**
 * Does all of a sequence to an order of its own.
 * @throws {Error} naming what did not hold, and after which command
 */
export async function trySequence(theatre: Theatre, sequence: readonly Command[]): Promise<void> {
  const stage = await theatre.newStage();
  for (const [index, command] of sequence.entries()) {
    await stage.perform(command);
    fail(await violationsNow(stage), `after ${index + 1}: ${JSON.stringify(command)}`);
  }
  await stage.settle();
  fail([...(await violationsNow(stage)), ...(await violationsAtRest(stage))], 'at rest');
}

function fail(violations: readonly string[], when: string): void {
  if (violations.length > 0) throw new Error(`${violations.join('; ')} (${when})`);
}
