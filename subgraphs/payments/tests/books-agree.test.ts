import { Failure } from '@stoa/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { sandboxTokens } from '../src/providers/sandbox/sandbox-cards.ts';
import type { Fault } from './faulty-sandbox.ts';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';
import { type SandboxWebhooks, sandboxWebhooks } from './sandbox-webhooks.ts';

vi.setConfig({ testTimeout: 60_000 });

let payments: OpenPayments;
let webhooks: SandboxWebhooks;
beforeAll(async () => {
  payments = await openPayments();
  webhooks = sandboxWebhooks(payments);
});
afterAll(async () => {
  await webhooks.server.close();
  await payments.stop();
});

type Call = 'authorize' | 'capture' | 'void' | 'refund' | 'retrieve';

/** What may happen to a payment. `key` is one of a few, so that a key comes again, with the same input or with other. */
type Command =
  | { do: 'authorize' }
  | { do: 'capture' | 'void'; key: number }
  | { do: 'refund'; key: number; amount: number }
  | { do: 'webhooks'; times: number }
  | { do: 'confirm'; word: 'yes' | 'no' }
  | { do: 'wait'; seconds: number }
  | { do: 'break'; call: Call; faults: Fault[] }
  | { do: 'at-once'; keys: number[] };

const key = fc.nat({ max: 2 });
const amount = fc.oneof(fc.integer({ min: 1, max: 1_500 }), fc.constant(1_000));
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('authorize' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('capture' as const, 'void' as const), key }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('refund' as const), key, amount }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('webhooks' as const), times: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('confirm' as const),
      word: fc.constantFrom('yes' as const, 'no' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      seconds: fc.constantFrom(1, 6, 61, 8 * 24 * 3_600),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('break' as const),
      call: fc.constantFrom<Call>('authorize', 'capture', 'void', 'refund', 'retrieve'),
      faults: fc.array(fc.constantFrom<Fault>('request-lost', 'answer-lost', 'crash'), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('at-once' as const),
      keys: fc.array(key, { minLength: 2, maxLength: 4 }),
    }),
  },
);

const story = fc.record({
  token: fc.constantFrom(...sandboxTokens),
  capture: fc.boolean(),
  commands: fc.array(command, { minLength: 1, maxLength: 12 }),
});

it('keeps the ledger equal to the provider whatever happens, takes once and gives back at most that', async () => {
  let commands = 0;
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(story, async ({ token, capture, commands: steps }) => {
      const request = authorization({ token, capture, amount: 2_000n });
      const id = request.paymentId ?? '';
      forgetFaults();
      // The clock is this payment's: what is left of the others need not be asked about.
      await knex()('payment').update({ next_check_at: null });
      await run({ do: 'authorize' }, request);
      for (const step of steps) {
        await run(step, request);
        await expectSound(id);
        commands += 1;
      }
      // All is well again: what was left open is settled by the clock, and the two books agree.
      forgetFaults();
      for (let pass = 0; pass < 4; pass += 1) {
        payments.clock.advance(24 * 3_600_000);
        await payments.subgraph.work('reconcile');
      }
      await expectEqualBooks(id);
      const { state } = await payments.read(id);
      ends.set(state, (ends.get(state) ?? 0) + 1);
    }),
    { numRuns: 60, endOnFailure: true },
  );
  const told = [...ends].map(([state, count]) => `${count} ${state}`).join(', ');
  console.log(`${commands} random commands on 60 payments, ledger and provider agree: ${told}`);
});

function forgetFaults() {
  for (const call of ['authorize', 'capture', 'void', 'refund', 'retrieve'] as const) {
    payments.sandbox.breakNext(call);
  }
}

async function run(step: Command, request: ReturnType<typeof authorization>): Promise<void> {
  const paymentId = request.paymentId ?? '';
  const rpc = payments.rpc();
  const keyed = (n: number) => ({ paymentId, idempotencyKey: `${paymentId}:${n}` });
  switch (step.do) {
    case 'authorize':
      return refusable(rpc.authorize(request));
    case 'capture':
      return refusable(rpc.capture(keyed(step.key)));
    case 'void':
      return refusable(rpc.void(keyed(step.key)));
    case 'refund':
      return refusable(rpc.refund({ ...keyed(step.key), amount: BigInt(step.amount) }));
    case 'at-once':
      await Promise.all([
        ...step.keys.map((n) => refusable(rpc.refund({ ...keyed(10 + n), amount: 900n }))),
        refusable(rpc.capture(keyed(20))),
        refusable(rpc.void(keyed(21))),
        ...(await webhooks.bodiesOf(paymentId)).map((body) => webhooks.send(body)),
      ]);
      return;
    case 'webhooks':
      for (let time = 0; time < step.times; time += 1) {
        for (const body of (await webhooks.bodiesOf(paymentId)).reverse()) await webhooks.send(body);
      }
      return payments.subgraph.work('apply-webhooks');
    case 'confirm': {
      const { actionUrl } = await payments.read(paymentId).catch(() => ({ actionUrl: null }));
      if (actionUrl === null) return;
      const url = `${new URL(actionUrl).pathname}/${step.word}`;
      await webhooks.server.inject({ method: 'POST', url });
      return;
    }
    case 'wait':
      payments.clock.advance(step.seconds * 1_000);
      await payments.subgraph.work('reconcile');
      return payments.subgraph.work('apply-webhooks');
    case 'break':
      payments.sandbox.breakNext(step.call, ...step.faults);
      return;
  }
}

/** A call may be refused or break down, and nothing else. */
async function refusable(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
  }
}

const knex = () => payments.subgraph.database.em.fork().getKnex();

/** All books of a payment at one moment: webhooks may be applied meanwhile. */
function booksOf(id: string) {
  return knex().transaction(async (at) => {
    const payment = await at('payment').where({ id }).first();
    const entries = await at('ledger_entry').where({ payment_id: id });
    const charge = await at('sandbox_charge').where({ payment_id: id }).first();
    const refunds = await at('sandbox_refund')
      .where({ charge_id: charge?.id ?? 'none' })
      .whereNull('refusal_code');
    const events: { type: string; amount: number }[] = (
      await at('outbox').where({ aggregate_id: id }).orderBy('id')
    ).map(({ type, payload }) => ({ type, amount: JSON.parse(payload).amount }));
    const sum = (rows: { amount: unknown }[]) =>
      rows.reduce((total, { amount }) => total + Number(amount), 0);
    const ledger = (kind: string) => entries.filter((entry) => entry.kind === kind);
    const told = (...names: string[]) =>
      events.filter(({ type }) => names.some((name) => type === `payments.${name}.v1`));
    return {
      payment,
      charge,
      ledger: {
        captures: ledger('CAPTURE').length,
        captured: sum(ledger('CAPTURE')),
        refunded: 0 - sum(ledger('REFUND')),
        held: sum(ledger('AUTHORIZATION')) + sum(ledger('VOID')),
      },
      provider: { captured: Number(charge?.captured ?? 0), refunded: sum(refunds) },
      told: {
        captures: told('payment-captured', 'payment-settled-late').length,
        refunded: sum(
          told('payment-refunded', ...(ledger('CAPTURE').length > 0 ? ['late-payment-returned'] : [])),
        ),
      },
    };
  });
}

/** What holds after each command, whatever is still open. */
async function expectSound(id: string) {
  const books = await booksOf(id);
  const { payment, ledger, provider, told } = books;
  expect(ledger.captures).toBeLessThanOrEqual(1);
  expect(provider.captured).toBeLessThanOrEqual(2_000);
  expect(provider.refunded).toBeLessThanOrEqual(provider.captured);
  // The ledger never tells of money that did not move.
  expect(ledger.captured).toBeLessThanOrEqual(provider.captured);
  expect(ledger.refunded).toBeLessThanOrEqual(provider.refunded);
  expect(Number(payment.captured)).toBe(ledger.captured);
  expect(Number(payment.refunded)).toBe(ledger.refunded);
  expect(told.captures).toBeLessThanOrEqual(1);
  expect(told.refunded).toBe(ledger.refunded);
  return books;
}

/** What holds once all is settled. */
async function expectEqualBooks(id: string): Promise<void> {
  const { payment, charge, ledger, provider } = await expectSound(id);
  expect({ captured: ledger.captured, refunded: ledger.refunded }).toEqual(provider);
  expect(Number(payment.refund_reserved)).toBe(0);
  expect(payment.state).not.toBe('CREATED');
  expect(await knex()('payment_operation').where({ payment_id: id, state: 'PENDING' })).toEqual([]);
  // Money of a payment that came to nothing is back, unless the card takes no refunds.
  if (!['DECLINED', 'FAILED', 'VOIDED'].includes(payment.state)) return;
  if (charge?.token !== 'tok_refund_fails') expect(ledger.captured).toBe(ledger.refunded);
  if (ledger.captured === 0) expect(ledger.held).toBe(0);
}
