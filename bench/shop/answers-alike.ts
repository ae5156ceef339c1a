import { isDeepStrictEqual } from 'node:util';
import type { Question } from './question.ts';

/** Holds what each shop answers against what the first one did. */
export class AnswersAlike {
  readonly #title: string;
  #expected: readonly unknown[] | undefined;

  constructor(title: string) {
    this.#title = title;
  }

  /** @throws {Error} when one answer says something else than the first shop's did */
  async check(url: string, bodies: readonly string[], question: Question): Promise<void> {
    const answers: unknown[] = [];
    for (const body of bodies) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      });
      const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
      if (errors !== undefined) throw new Error(`${this.#title}: ${JSON.stringify(errors)}`);
      answers.push(question.normalised(data));
    }
    this.#expected ??= answers;
    const at = answers.findIndex((answer, index) => !isDeepStrictEqual(answer, this.#expected?.[index]));
    if (at === -1 && answers.length === this.#expected.length) return;
    throw new Error(
      `${this.#title}: the answers differ\n${JSON.stringify(this.#expected[at])}\n${JSON.stringify(answers[at])}`,
    );
  }
}
