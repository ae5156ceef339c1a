import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Books, Refused, type StripeErrorBody, type StripeEvent } from './books.ts';
import { readForm } from './form.ts';

export type StripeCall = 'create' | 'confirm' | 'capture' | 'cancel' | 'refund' | 'read';

/**
 * `request-lost`: it is not done, and no answer comes. `answer-lost`: it is done, and no answer comes. `fails`: it is not
 * done, and the answer is 500. `fails-after`: it is done, and the answer is 500. `too-many`: 429, and it is not done.
 */
export type StripeFault = 'request-lost' | 'answer-lost' | 'fails' | 'fails-after' | 'too-many';

/** What a request under an idempotency key came to. */
interface Saved {
  readonly fingerprint: string;
  answer: { status: number; body: object } | null;
}

export interface StripeStandIn {
  readonly url: string;
  readonly books: Books;
  /** What was asked of it, in order. */
  readonly calls: StripeCall[];
  /** The idempotency keys that came, in order. */
  readonly keys: string[];
  breakNext(call: StripeCall, ...faults: StripeFault[]): void;
  /** Holds the next request of this sort, whose sender has given up by then, until `proceed`; which resolves when it is done. */
  holdNext(call: StripeCall): { proceed(): Promise<void> };
  /** What is waited for when a request that changes something is done, before it is answered. */
  beforeAnswer: () => Promise<void>;
  /** The header of a webhook, as docs.stripe.com/webhooks/signature has it. */
  sign(body: string, at: Date): string;
  bodyOf(event: StripeEvent): string;
  stop(): Promise<void>;
}

export const secretKey = 'sk_test_of_the_stand_in';
export const webhookSecret = 'whsec_of_the_stand_in';
/** The version of Stripe's API that this imitates: another is refused, so that ours stays pinned. */
const apiVersion = '2026-10-28.endive';

/**
 * A small server over real sockets that answers as Stripe documents: idempotency keys (docs.stripe.com/api/idempotent_requests),
 * errors, PaymentIntents and refunds, and signed webhooks. As much of it as payments uses, and stricter: every POST has to
 * carry an idempotency key.
 */
export async function startStripe(): Promise<StripeStandIn> {
  const books = new Books();
  const saved = new Map<string, Saved>();
  const calls: StripeCall[] = [];
  const keys: string[] = [];
  const faults = new Map<StripeCall, StripeFault[]>();
  const gates = new Map<StripeCall, { open: Promise<void>; done(): void }>();

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      send(response, 500, { error: { type: 'api_error', message: String(error) } });
    });
  });

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stripe');
    const fault = checkHeaders(request);
    if (fault !== null) return send(response, fault.status, { error: fault.error });
    const [call, work] = route(request.method ?? '', pathname, searchParams, readForm(body));
    calls.push(call);
    const gate = gates.get(call);
    gates.delete(call);
    await gate?.open;
    const broken = faults.get(call)?.shift();
    if (broken === 'request-lost') return;
    if (broken === 'too-many') {
      return send(response, 429, {
        error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Slow down' },
      });
    }
    const key = request.headers['idempotency-key'];
    if (typeof key === 'string') keys.push(key);
    const answer = once(typeof key === 'string' ? key : null, `${pathname}\n${body}`, () => {
      if (broken === 'fails') return apiError;
      const done = answerOf(work);
      return broken === 'fails-after' ? apiError : done;
    });
    gate?.done();
    if (call !== 'read') await standIn.beforeAnswer();
    if (broken !== 'answer-lost') send(response, answer.status, answer.body);
  };

  /** The same key with the same request has the first answer, an error of 500 too; with another it is an error. */
  const once = (key: string | null, fingerprint: string, work: () => NonNullable<Saved['answer']>) => {
    if (key === null) return work();
    const known = saved.get(key);
    if (known === undefined) {
      const answer = work();
      saved.set(key, { fingerprint, answer });
      return answer;
    }
    if (known.fingerprint === fingerprint && known.answer !== null) return known.answer;
    return {
      status: 400,
      body: {
        error: {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}'`,
        },
      },
    };
  };

  const route = (
    method: string,
    path: string,
    query: URLSearchParams,
    form: Record<string, unknown>,
  ): [StripeCall, () => object] => {
    const [, , resource, id = '', action] = path.split('/');
    if (method === 'POST' && resource === 'refunds') return ['refund', () => books.refund(form)];
    if (method === 'GET' && resource === 'refunds') {
      const data = books.refunds.filter(
        ({ payment_intent }) => payment_intent === query.get('payment_intent'),
      );
      return ['read', () => ({ object: 'list', data, has_more: false, url: '/v1/refunds' })];
    }
    if (resource === 'payment_intents') {
      if (method === 'GET') return ['read', () => books.find(id)];
      if (id === '') return ['create', () => books.create(form)];
      if (action === 'confirm') return ['confirm', () => books.confirm(id, form)];
      if (action === 'capture') return ['capture', () => books.capture(id)];
      if (action === 'cancel') return ['cancel', () => books.cancel(id)];
    }
    throw new Error(`The stand-in does not know ${method} ${path}`);
  };

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const standIn: StripeStandIn = {
    beforeAnswer: async () => {},
    url: `http://127.0.0.1:${port}`,
    books,
    calls,
    keys,
    breakNext: (call, ...next) => {
      faults.set(call, next);
    },
    holdNext(call) {
      let open = () => {};
      let done = () => {};
      const finished = new Promise<void>((resolve) => {
        done = resolve;
      });
      gates.set(call, {
        open: new Promise<void>((resolve) => {
          open = resolve;
        }),
        done,
      });
      return {
        proceed() {
          open();
          return finished;
        },
      };
    },
    sign(body, at) {
      const seconds = Math.floor(at.getTime() / 1000);
      const signature = createHmac('sha256', webhookSecret).update(`${seconds}.${body}`).digest('hex');
      return `t=${seconds},v1=${signature}`;
    },
    bodyOf: (event) => JSON.stringify(event, null, 2),
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return standIn;
}

const apiError = {
  status: 500,
  body: { error: { type: 'api_error', message: 'An unknown error occurred' } },
};

function answerOf(work: () => object): NonNullable<Saved['answer']> {
  try {
    // As it is now: what is answered again is what was answered first.
    return { status: 200, body: structuredClone(work()) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { status: error.status, body: { error: error.error } };
  }
}

function checkHeaders({
  method,
  headers,
}: IncomingMessage): { status: number; error: StripeErrorBody } | null {
  const invalid = (message: string) => ({ status: 400, error: { type: 'invalid_request_error', message } });
  if (headers.authorization !== `Bearer ${secretKey}`) {
    return { status: 401, error: { type: 'invalid_request_error', message: 'Invalid API Key provided' } };
  }
  if (headers['stripe-version'] !== apiVersion) return invalid(`Expected Stripe-Version ${apiVersion}`);
  if (method === 'POST' && /^stripe-node-retry-|^$/.test(String(headers['idempotency-key'] ?? ''))) {
    return invalid('Expected an Idempotency-Key of the caller');
  }
  return null;
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_of_the_stand_in' });
  response.end(JSON.stringify(body));
}
