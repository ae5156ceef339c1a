import { Failure } from '@stoa/errors';

/** Lets a test count the calls of a fake, and have some of them fail or wait. Methods are named `service.method`. */
export interface Faults {
  /** Every call of the method fails from now on, as when the service is down. */
  fail(method: string): void;
  /** The next call of the method does its work, and its answer is lost. */
  loseAnswerOf(method: string): void;
  /** The next call of the method waits before or after it does its work. Resolves when it has come there; the answer lets it go on. */
  hold(method: string, when: 'before' | 'after'): Promise<() => void>;
  /** Everything works again. */
  mend(): void;
  /** How often the method was called since the last `forget`. */
  calls(method: string): number;
  forget(): void;
  /** What a fake runs its methods in. */
  around<Answer>(method: string, work: () => Answer): Promise<Answer>;
}

export function createFaults(): Faults {
  const counts = new Map<string, number>();
  const failing = new Set<string>();
  const losing = new Set<string>();
  const holds = new Map<string, (release: () => void) => void>();
  const waitIfHeld = async (point: string) => {
    const reached = holds.get(point);
    if (reached === undefined) return;
    holds.delete(point);
    await new Promise<void>((release) => reached(release));
  };
  const isDown = (method: string) =>
    new Failure('unavailable', `${method} does not answer (a test wants it so)`);
  return {
    fail: (method) => failing.add(method),
    loseAnswerOf: (method) => losing.add(method),
    hold: (method, when) => new Promise((reached) => holds.set(`${when} ${method}`, reached)),
    mend: () => {
      failing.clear();
      losing.clear();
    },
    calls: (method) => counts.get(method) ?? 0,
    forget: () => counts.clear(),
    async around(method, work) {
      counts.set(method, (counts.get(method) ?? 0) + 1);
      await waitIfHeld(`before ${method}`);
      if (failing.has(method)) throw isDown(method);
      const answer = work();
      await waitIfHeld(`after ${method}`);
      // Not `unavailable`, which the client would repeat at once.
      if (losing.delete(method)) throw new Failure('internal', `the answer of ${method} was lost`);
      return answer;
    },
  };
}
