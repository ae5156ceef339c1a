import * as http from 'node:http';
import * as https from 'node:https';

const answerWithinMs = 2_000;

/**
 * Posts a webhook, over a connection that is kept. By node:http, as fetch and the signal that ends it take several times the
 * processor time of everything else that a webhook costs.
 * @returns whether it was taken: answered with 2xx, in time
 */
export function postWebhook(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  return new Promise((resolve) => {
    const { request } = url.startsWith('https:') ? https : http;
    const sent = request(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          ...headers,
        },
      },
      (answer) => {
        const { statusCode = 0 } = answer;
        // The connection is free for the next one when the answer was read.
        answer.resume().once('end', () => resolve(statusCode >= 200 && statusCode < 300));
      },
    );
    const late = setTimeout(() => sent.destroy(), answerWithinMs);
    // Also after an error, which needs a listener all the same.
    sent
      .once('error', () => {})
      .once('close', () => {
        clearTimeout(late);
        resolve(false);
      });
    sent.end(body);
  });
}
