import { createHash } from 'node:crypto';
import { Failure } from '@stoa/errors';

/** The values of the columns that a list is sorted by, for one row. Times travel as epoch milliseconds. */
export type Position = readonly (string | number)[];

/**
 * Writes the place of a row in a list as an opaque text.
 * @param list names the list and its order: a cursor of one is refused by another
 */
export function encodeCursor(list: string, position: Position): string {
  const text = JSON.stringify(position);
  return Buffer.from(checksum(list, text) + text, 'utf8').toString('base64url');
}

/**
 * Reads a cursor back. The checksum finds what was damaged or belongs elsewhere; it is no secret,
 * since a cursor names a place in a list and grants nothing.
 * @throws {Failure} bad-input for anything that this list did not hand out
 */
export function decodeCursor(list: string, cursor: string): Position {
  const content = Buffer.from(cursor, 'base64url').toString('utf8');
  const text = content.slice(checksumLength);
  if (
    checksum(list, text) !== content.slice(0, checksumLength) ||
    Buffer.from(content, 'utf8').toString('base64url') !== cursor
  ) {
    throw new Failure(
      'bad-input',
      'Expected a cursor that this list returned with the same sort order; start again without one',
      {
        code: 'INVALID_CURSOR',
      },
    );
  }
  return JSON.parse(text) as Position;
}

const checksumLength = 12;

function checksum(list: string, text: string): string {
  return createHash('sha256').update(`${list}\n${text}`).digest('base64url').slice(0, checksumLength);
}
