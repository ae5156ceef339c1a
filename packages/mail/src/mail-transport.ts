/** A letter in plain text. */
export interface Mail {
  /**
   * Names the letter where it may be sent twice, as when the first try ended without an answer: letters, digits, `-` and
   * `_`. The same letter then has the same Message-ID, by which it can be recognised.
   */
  readonly id?: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** What carries letters. */
export interface MailTransport {
  /** Resolves when the letter has been handed on; rejects when it could not be. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
