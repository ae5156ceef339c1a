import { v7, validate } from 'uuid';

/** Makes ids: UUID version 7 (RFC 9562), which sort by the time they were made; 74 bits are random, so none can be guessed. */
export type NewId = () => string;

export const newId: NewId = () => v7();

/** Whether a text has the form of an id; a lookup by anything else need not ask the database. */
export function isId(text: string): boolean {
  return validate(text);
}
