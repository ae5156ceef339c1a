import { randomFillSync } from 'node:crypto';
import { v7, validate } from 'uuid';

/** Makes ids: UUID version 7 (RFC 9562), which sort by the time they were made; 74 bits are random, so none can be guessed. */
export type NewId = () => string;

/** Random bytes are drawn for many ids at once: to ask for them costs more than all else of an id. */
const drawn = new Uint8Array(4_096);
let used = drawn.length;

function sixteenBytes(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += 16;
  return drawn.subarray(used - 16, used);
}

let lastMs = 0;
let count = 0;

export const newId: NewId = () => {
  const random = sixteenBytes();
  const now = Date.now();
  if (now > lastMs) {
    lastMs = now;
    count = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    // Onwards within a millisecond, and where the clock goes back.
    count += 1;
  }
  return v7({ random, msecs: lastMs, seq: count });
};

/** Whether a text has the form of an id; a lookup by anything else need not ask the database. */
export function isId(text: string): boolean {
  return validate(text);
}
