import { newId } from '@stoa/clock';
import { databaseEngines } from '@stoa/testkit';
import { describe, expect, it, vi } from 'vitest';
import { endStateOf } from './end-state.ts';
import { authorization, type OpenPayments, openPayments } from './open-payments.ts';
import { openStripe } from './open-stripe.ts';
import { seededRandom, shuffled } from './random.ts';
import { sandboxWebhooks } from './sandbox-webhooks.ts';

vi.setConfig({ testTimeout: 60_000 });

const timesEach = 5;

/** A shop, its provider, and what that has to tell. */
interface World {
  readonly payments: OpenPayments;
  readonly provider: string;
  /** The provider's tokens for what a story needs. */
  readonly tokens: Record<'approve' | 'decline' | 'action' | 'captureFails' | 'refundFails', string>;
  bodiesOf(paymentId: string): Promise<string[]>;
  send(body: string): Promise<{ statusCode: number }>;
  /** Has `meanwhile` done once the provider has done what `work` asks for, and before its answer arrives. */
  beforeTheAnswer(work: () => Promise<unknown>, call: Call, meanwhile: () => Promise<void>): Promise<unknown>;
  buyerConfirms(actionUrl: string): Promise<void>;
  stop(): Promise<void>;
}

type Call = 'authorize' | 'capture' | 'void' | 'refund';

/** When the webhooks of a step are sent. */
interface Post {
  /** Does a step, and has its webhooks sent before its answer, after it, or later. */
  around(call: Call, paymentId: string, work: () => Promise<unknown>): Promise<void>;
  /** Sends what was put off. */
  end(paymentId: string): Promise<void>;
}

const stories: Record<string, (world: World, post: Post, paymentId: string) => Promise<void>> = {
  'paid at once and given back in parts': async (world, post, id) => {
    await post.around('authorize', id, () => authorize(world, id, { token: world.tokens.approve }));
    for (const amount of [1_000n, 1_500n, 2_500n]) await refund(world, post, id, amount);
  },
  'held, captured and given back': async (world, post, id) => {
    await post.around('authorize', id, () =>
      authorize(world, id, { token: world.tokens.approve, capture: false }),
    );
    await post.around('capture', id, () => world.payments.rpc().capture(keyed(id)));
    await refund(world, post, id, 5_000n);
  },
  'held and let go': async (world, post, id) => {
    await post.around('authorize', id, () =>
      authorize(world, id, { token: world.tokens.approve, capture: false }),
    );
    await post.around('void', id, () => world.payments.rpc().void(keyed(id)));
  },
  declined: async (world, post, id) => {
    await post.around('authorize', id, () => authorize(world, id, { token: world.tokens.decline }));
  },
  'confirmed by the buyer and given back': async (world, post, id) => {
    await post.around('authorize', id, () => authorize(world, id, { token: world.tokens.action }));
    await world.buyerConfirms((await world.payments.read(id)).actionUrl ?? '');
    await post.around('authorize', id, async () => {
      // A repeat of the request finds out what has become of it, if no webhook has.
      await authorize(world, id, { token: world.tokens.action });
    });
    await refund(world, post, id, 700n);
  },
  'held, not to be captured, and let go': async (world, post, id) => {
    await post.around('authorize', id, () =>
      authorize(world, id, { token: world.tokens.captureFails, capture: false }),
    );
    await post.around('capture', id, () => world.payments.rpc().capture(keyed(id)));
    await post.around('void', id, () => world.payments.rpc().void(keyed(id)));
  },
  'paid, and not to be given back': async (world, post, id) => {
    await post.around('authorize', id, () => authorize(world, id, { token: world.tokens.refundFails }));
    await refund(world, post, id, 700n);
  },
};

const sandboxStories: typeof stories = {
  ...stories,
  'paid, and the answer lost': async (world, _, id) => {
    world.payments.sandbox.breakNext('authorize', 'answer-lost');
    world.payments.sandbox.breakNext('retrieve', 'request-lost');
    await authorize(world, id, { token: 'tok_approve' });
  },
  'paid after it had failed': async (world, _, id) => {
    await authorize(world, id, { token: 'tok_settles_late' });
    world.payments.clock.advance(5_000);
  },
};

const keys = new Map<string, string>();
/** The same key for the same payment, so that a repeat is one. */
function authorize(world: World, paymentId: string, input: { token: string; capture?: boolean }) {
  const idempotencyKey = keys.get(paymentId) ?? newId();
  keys.set(paymentId, idempotencyKey);
  const orderId = paymentId;
  const request = { idempotencyKey, paymentId, orderId, provider: world.provider, ...input };
  return world.payments.rpc().authorize(authorization(request));
}

function refund(world: World, post: Post, id: string, amount: bigint) {
  return post.around('refund', id, () => world.payments.rpc().refund({ ...keyed(id), amount }));
}

function keyed(paymentId: string) {
  return { paymentId, idempotencyKey: newId() };
}

async function applied({ payments }: World): Promise<void> {
  await vi.waitFor(
    async () => {
      const pending = await payments.subgraph.database.em
        .fork()
        .getKnex()('webhook_event')
        .where({ state: 'PENDING' });
      expect(pending).toEqual([]);
    },
    { timeout: 10_000, interval: 10 },
  );
}

/** Each webhook once, in order, as soon as its step is done. */
function inOrder(world: World): Post {
  const sent = new Set<string>();
  const end = async (paymentId: string) => {
    for (const body of await world.bodiesOf(paymentId)) {
      if (sent.has(body)) continue;
      sent.add(body);
      expect((await world.send(body)).statusCode).toBe(200);
      await applied(world);
    }
  };
  return {
    async around(_, paymentId, work) {
      await work();
      await end(paymentId);
    },
    end,
  };
}

/** Each webhook five times, in any order; some before the answer of the call that they tell of. */
function inAnyOrder(world: World, random: () => number, count: { sent: number; early: number }): Post {
  const left = new Map<string, number>();
  const takeNew = async (paymentId: string) => {
    for (const body of await world.bodiesOf(paymentId)) if (!left.has(body)) left.set(body, timesEach);
  };
  const sendSome = async (share: number) => {
    const due = shuffled(
      [...left].flatMap(([body, times]) => Array.from({ length: times }, () => body)),
      random,
    );
    const chosen = due.slice(0, Math.ceil(due.length * share));
    for (const body of chosen) left.set(body, (left.get(body) ?? 0) - 1);
    count.sent += chosen.length;
    await Promise.all(chosen.map((body) => world.send(body)));
    await applied(world);
    return chosen.length;
  };
  return {
    async around(call, paymentId, work) {
      if (random() < 0.5) {
        await world.beforeTheAnswer(work, call, async () => {
          await takeNew(paymentId);
          count.early += await sendSome(random());
        });
        return;
      }
      await work();
      await takeNew(paymentId);
      if (random() < 0.5) await sendSome(random() / 2);
    },
    async end(paymentId) {
      await takeNew(paymentId);
      await sendSome(1);
    },
  };
}

async function openSandbox(databaseUrl: string): Promise<World> {
  const payments = await openPayments(databaseUrl);
  const webhooks = sandboxWebhooks(payments);
  return {
    payments,
    provider: 'sandbox',
    tokens: {
      approve: 'tok_approve',
      decline: 'tok_decline',
      action: 'tok_action',
      captureFails: 'tok_capture_fails',
      refundFails: 'tok_refund_fails',
    },
    bodiesOf: webhooks.bodiesOf,
    send: (body) => webhooks.send(body),
    async beforeTheAnswer(work, call, meanwhile) {
      const { arrived, proceed } = payments.sandbox.holdAnswer(call);
      const done = work();
      // A repeat whose outcome is known asks the provider for nothing, and has nothing to hold.
      await Promise.race([arrived, done]);
      await meanwhile();
      proceed();
      return done;
    },
    async buyerConfirms(actionUrl) {
      // Nobody but a webhook, or a repeat, tells: the page cannot reach the provider.
      payments.sandbox.breakNext('retrieve', 'request-lost');
      await webhooks.server.inject({ method: 'POST', url: `${new URL(actionUrl).pathname}/yes` });
    },
    async stop() {
      await webhooks.server.close();
      await payments.stop();
    },
  };
}

async function openStripeWorld(): Promise<World> {
  const { payments, stripe, send, stop } = await openStripe();
  return {
    payments,
    provider: 'stripe',
    tokens: {
      approve: 'pm_card_visa',
      decline: 'pm_card_chargeDeclined',
      action: 'pm_card_authenticationRequired',
      captureFails: 'pm_capture_fails',
      refundFails: 'pm_refund_fails',
    },
    async bodiesOf(paymentId) {
      return stripe.books.events
        .map((event) => stripe.bodyOf(event))
        .filter((body) => body.includes(paymentId));
    },
    send: (body) => send(body),
    async beforeTheAnswer(work, _, meanwhile) {
      stripe.beforeAnswer = meanwhile;
      try {
        return await work();
      } finally {
        stripe.beforeAnswer = async () => {};
      }
    },
    async buyerConfirms(actionUrl) {
      stripe.books.buyerAnswers(actionUrl.split('/').at(-1) ?? '', true);
    },
    stop,
  };
}

const worlds = [
  ...databaseEngines.map(({ engine, freshUrl }) => ({
    name: `the sandbox on ${engine}`,
    open: () => openSandbox(freshUrl()),
    told: sandboxStories,
  })),
  { name: 'stripe', open: openStripeWorld, told: stories },
];

describe.each(worlds)('webhooks of $name', ({ name, open, told }) => {
  it('come to the same end, each once and in order or five times and in any order', async () => {
    const count = { sent: 0, early: 0 };
    const world = await open();
    const ends = new Map<string, unknown>();
    for (const [story, tell] of Object.entries(told)) {
      const id = newId();
      const post = inOrder(world);
      await tell(world, post, id);
      await post.end(id);
      ends.set(story, await endStateOf(world.payments, id));
    }
    const seeds = [1, 2];
    for (const seed of seeds) {
      for (const [story, tell] of Object.entries(told)) {
        const id = newId();
        const post = inAnyOrder(world, seededRandom(seed * 1_000 + story.length), count);
        await tell(world, post, id);
        await post.end(id);
        expect(await endStateOf(world.payments, id), `${story}, seed ${seed}`).toEqual(ends.get(story));
      }
    }
    expect(count.early).toBeGreaterThan(seeds.length);
    console.log(
      `${name}: ${Object.keys(told).length * seeds.length} payments, ${count.sent} webhooks in any order, ${count.early} of them before the answer: the same ends as in order`,
    );
    await world.stop();
  });
});
