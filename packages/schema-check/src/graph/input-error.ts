/** Something that the check was given and cannot use: a base that does not exist, a manifest that is not one. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: string;
  /** What the reader can do to go on. */
  readonly mend: string;

  constructor(code: string, message: string, mend: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.mend = mend;
  }
}
