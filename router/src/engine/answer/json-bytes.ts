const firstSize = 65_536;
/** What a rare huge answer has made larger is not kept. */
const largestKept = 4_194_304;
/** Up to here a loop is faster than calling into the runtime. */
const short = 64;
const quoteMark = 0x22;
const backslash = 0x5c;
/** Characters that JSON cannot hold as they are, and halves of surrogate pairs, of which JSON.stringify writes lone ones escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON has to escape them (RFC 8259, 7)
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;

/**
 * JSON as it is written, in bytes: no text is put together, which would be taken apart into bytes afterwards. One is used for
 * one answer after another, as writing waits for nothing.
 */
export class JsonBytes {
  private bytes = Buffer.allocUnsafeSlow(firstSize);
  private length = 0;
  private isUnescaped = false;

  /** Begins anew. @param isUnescaped whether no text that comes needs an escape, so that none need be looked for */
  begin(isUnescaped: boolean): void {
    if (this.bytes.length > largestKept) this.bytes = Buffer.allocUnsafeSlow(firstSize);
    this.length = 0;
    this.isUnescaped = isUnescaped;
  }

  /** A copy of what was written. */
  end(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }

  byte(code: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length] = code;
    this.length += 1;
  }

  /** Bytes that are JSON already. */
  raw(given: Uint8Array): void {
    const count = given.length;
    this.reserve(count);
    const { bytes } = this;
    let at = this.length;
    for (let index = 0; index < count; index += 1) {
      bytes[at] = given[index] as number;
      at += 1;
    }
    this.length = at;
  }

  /** Text that is JSON already. */
  json(text: string): void {
    this.reserve(text.length * 3);
    this.length += this.bytes.write(text, this.length, 'utf8');
  }

  /** What JSON.stringify makes of a number. Too large a one for JavaScript was read as infinite, for which JSON has null. */
  number(value: number): void {
    const text = Number.isFinite(value) ? String(value) : 'null';
    const { length } = text;
    this.reserve(length);
    const { bytes } = this;
    const start = this.length;
    for (let index = 0; index < length; index += 1) bytes[start + index] = text.charCodeAt(index);
    this.length = start + length;
  }

  /** A text, in quotes: what JSON.stringify makes of it. */
  text(text: string): void {
    const { length } = text;
    if (length > short) {
      this.long(text);
      return;
    }
    this.reserve(length + 2);
    const { bytes } = this;
    let at = this.length;
    bytes[at] = quoteMark;
    at += 1;
    for (let index = 0; index < length; index += 1) {
      const code = text.charCodeAt(index);
      if (code < 0x20 || code > 0x7e || code === quoteMark || code === backslash) {
        this.json(JSON.stringify(text));
        return;
      }
      bytes[at] = code;
      at += 1;
    }
    bytes[at] = quoteMark;
    this.length = at + 1;
  }

  private long(text: string): void {
    if (!this.isUnescaped && special.test(text)) {
      this.json(JSON.stringify(text));
      return;
    }
    this.byte(quoteMark);
    this.json(text);
    this.byte(quoteMark);
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }
}
