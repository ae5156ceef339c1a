/** An argument that has the right type and a wrong value. */
export interface InvalidInput {
  readonly kind: 'invalid-input';
  /** The path of the argument, for example input.delta. */
  readonly field: string;
  readonly message: string;
}

/** @param expected completes "Expected …" */
export function invalidInput(field: string, expected: string, found: unknown): InvalidInput {
  return { kind: 'invalid-input', field, message: `Expected ${expected}, found ${JSON.stringify(found)}` };
}
