import type { Send } from '../../e2e/client.ts';

/** How one shop is asked for pages of one kind, as requests that are cycled. */
export interface Question {
  /** The bodies of the requests, for the same pages in the same order as the other shop's. */
  bodies(send: Send): Promise<readonly string[]>;
  /** What an answer says, in a form that is the same for both shops. Throws where something is missing. */
  // biome-ignore lint/suspicious/noExplicitAny: it reads what it selected, and what it makes of it is compared
  normalised(data: any): unknown;
}

/** A kind of page, as both are asked for it. */
export interface Page {
  readonly title: string;
  readonly ours: Question;
  readonly peers: Question;
}

export const byText = (one: string, other: string): number => (one < other ? -1 : 1);
