/** A schema, a mapper or a proto file that nothing can be generated from; the message names the file. */
export class GenerateError extends Error {
  override readonly name = 'GenerateError';
}
