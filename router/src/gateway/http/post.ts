import type { Dispatcher } from 'undici';
import { NoAnswer } from './no-answer.ts';

export interface Posted {
  readonly status: number;
  readonly encoding: string | undefined;
  readonly body: Buffer;
}

export interface PostOptions {
  readonly pool: Dispatcher;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly limitBytes: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Sends one request and reads its answer whole. Its handler is called by the connection itself: no stream is made.
 * @throws {NoAnswer} for a connection that cannot be made or breaks off, a timeout, an answer over the limit, a redirect,
 *   or a signal that was given
 */
export function post({
  pool,
  url,
  headers,
  body,
  timeoutMs,
  limitBytes,
  signal,
}: PostOptions): Promise<Posted> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let ended: NoAnswer | undefined;
    let status = 0;
    let encoding: string | undefined;
    let hasAnswered = false;
    let size = 0;
    const parts: Buffer[] = [];

    const timer = setTimeout(() => {
      end(
        new NoAnswer('timeout', `${url.href} did not answer within ${timeoutMs} ms`, {
          mayBeAskedAgain: !hasAnswered,
        }),
      );
    }, timeoutMs);
    const onAbort = () => end(new NoAnswer('cancelled', `Nobody waits for ${url.href} any more`));
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    /** Gives up. A request that still waits for a connection is taken back when it gets one. */
    const end = (reason: NoAnswer) => {
      if (ended !== undefined) return;
      ended = reason;
      settle();
      reject(reason);
      controller?.abort(reason);
    };
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort);

    pool.dispatch(
      { method: 'POST', origin: url.origin, path: `${url.pathname}${url.search}`, headers, body },
      {
        onRequestStart(started) {
          controller = started;
          if (ended !== undefined) started.abort(ended);
        },
        onResponseStart(_, statusCode, answered) {
          hasAnswered = true;
          status = statusCode;
          if (statusCode >= 300 && statusCode < 400)
            return end(
              new NoAnswer('redirect', `${url.href} redirects (HTTP ${statusCode}), which is not followed`),
            );
          encoding = textOf(answered['content-encoding']);
          if (Number(answered['content-length'] ?? 0) > limitBytes) end(tooLarge(url, limitBytes));
        },
        onResponseData(_, part) {
          if (ended !== undefined) return;
          size += part.length;
          if (size > limitBytes) end(tooLarge(url, limitBytes));
          else parts.push(part);
        },
        onResponseEnd() {
          if (ended !== undefined) return;
          settle();
          resolve({
            status,
            encoding,
            body: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts),
          });
        },
        onResponseError(_, error) {
          end(
            new NoAnswer('connection', `${url.href} did not answer: ${error.message}`, {
              mayBeAskedAgain: !hasAnswered,
              cause: error,
            }),
          );
        },
      },
    );
  });
}

export function tooLarge(url: URL, limitBytes: number): NoAnswer {
  return new NoAnswer('too-large', `${url.href} answered more than ${limitBytes} bytes`);
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
