/** An operation that a client is known to send: from a committed document, a manifest, or the record of use. */
export interface KnownOperation {
  readonly client: {
    readonly name: string;
    /** Null when unknown. */
    readonly version: string | null;
  };
  /** Null for an anonymous operation. */
  readonly name: string | null;
  /** The whole document with the fragments that it uses. */
  readonly body: string;
  readonly source: 'document' | 'manifest' | 'usage';
  /** Relative to the root of the repository; null for one that is known from use alone. */
  readonly file: string | null;
  /** When it was last sent within the window; null when no use of it is recorded. */
  readonly lastSeen: Date | null;
  /** How often it was sent within the window; null when no use of it is recorded. */
  readonly count: number | null;
}
