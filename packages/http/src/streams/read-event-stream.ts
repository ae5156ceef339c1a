/** An event of a stream of server-sent events. */
export interface ServerSentEvent {
  /** `message` where the server named none. */
  readonly event: string;
  readonly data: string;
}

/**
 * Reads a stream of server-sent events, as the HTML standard has them (9.2.6); ids and times to retry are passed over.
 * @param longest how many characters a line or an event may have
 * @throws {Error} when one is longer
 */
export async function* readEventStream(
  body: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<ServerSentEvent, void, void> {
  let event = '';
  let data: string[] = [];
  let size = 0;
  for await (const line of linesOf(body, longest)) {
    if (line === '') {
      if (data.length > 0) yield { event: event === '' ? 'message' : event, data: data.join('\n') };
      event = '';
      data = [];
      size = 0;
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'event') event = value;
    if (field !== 'data') continue;
    size += value.length;
    if (size > longest) throw tooLong(longest);
    data.push(value);
  }
}

async function* linesOf(
  body: AsyncIterable<Uint8Array>,
  longest: number,
): AsyncGenerator<string, void, void> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    // A carriage return at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > longest) throw tooLong(longest);
    yield* lines;
  }
}

function tooLong(longest: number): Error {
  return new Error(`expected events of at most ${longest} characters, found a longer one`);
}
