/** A letter in plain text. */
export interface Mail {
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
