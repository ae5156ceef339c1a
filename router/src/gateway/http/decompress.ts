import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { NoAnswer } from './no-answer.ts';
import { tooLarge } from './post.ts';

/** The codings that are understood, for Accept-Encoding (RFC 9110, 12.5.3). */
export const understoodEncodings = 'gzip, deflate, br';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/** Whether what an answer's Content-Encoding names changes anything. */
export function isCoded(encoding: string | undefined): encoding is string {
  return encoding !== undefined && encoding !== '' && encoding !== 'identity';
}

/**
 * The body of an answer as it was before it was compressed.
 * @throws {NoAnswer} too-large for more than the limit; malformed for what cannot be decompressed
 */
export async function decompress(
  body: Buffer,
  encoding: string,
  url: URL,
  limitBytes: number,
): Promise<Buffer> {
  const coding = encoding.toLowerCase();
  if (!(coding in decoders))
    throw new NoAnswer(
      'malformed',
      `${url.href} answered in the coding ${coding}, expected one of ${understoodEncodings}`,
    );
  try {
    // Some send deflate without its zlib header; the two are told apart by the first byte (RFC 1950, 2.2).
    const isRaw = coding === 'deflate' && ((body[0] ?? 0) & 0x0f) !== 8;
    const decode = isRaw ? promisify(inflateRaw) : decoders[coding as keyof typeof decoders];
    return await decode(body, { maxOutputLength: limitBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(url, limitBytes);
    throw new NoAnswer('malformed', `${url.href} answered what is not ${coding}`, { cause: error });
  }
}
