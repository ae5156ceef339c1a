import { randomBytes } from 'node:crypto';

/** What the stand-in keeps of a PaymentIntent, in the fields of Stripe's API. */
export interface Intent {
  id: string;
  object: 'payment_intent';
  amount: number;
  amount_received: number;
  currency: string;
  status: string;
  capture_method: string;
  metadata: Record<string, string>;
  last_payment_error: StripeErrorBody | null;
  next_action: object | null;
  latest_charge: object | null;
  payment_method: string | null;
}

export interface Refund {
  id: string;
  object: 'refund';
  amount: number;
  currency: string;
  status: string;
  failure_reason?: string;
  payment_intent: string;
  metadata: Record<string, string>;
}

export interface StripeErrorBody {
  type: string;
  code?: string;
  decline_code?: string;
  message: string;
}

/** An answer that is no success. */
export class Refused extends Error {
  readonly status: number;
  readonly error: StripeErrorBody;

  constructor(status: number, error: StripeErrorBody) {
    super(error.message);
    this.status = status;
    this.error = error;
  }
}

export interface StripeEvent {
  id: string;
  object: 'event';
  type: string;
  data: { object: object };
}

/** How a payment method behaves. The names are those of Stripe's test cards where it has one. */
const methods: Record<string, 'approves' | 'asks-buyer' | { decline: string }> = {
  pm_card_visa: 'approves',
  pm_card_authenticationRequired: 'asks-buyer',
  pm_card_chargeDeclined: { decline: 'generic_decline' },
  pm_card_chargeDeclinedInsufficientFunds: { decline: 'insufficient_funds' },
  pm_capture_fails: 'approves',
  pm_refund_fails: 'approves',
};

export class Books {
  readonly intents = new Map<string, Intent>();
  readonly refunds: Refund[] = [];
  readonly events: StripeEvent[] = [];
  /** Called with each event as it happens. */
  onEvent: (event: StripeEvent) => void = () => {};

  create(form: Record<string, unknown>): Intent {
    const amount = Number(form.amount);
    if (amount < 50) throw invalid('amount_too_small', 'Amount must be at least €0.50 eur');
    const intent: Intent = {
      id: newId('pi'),
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency: String(form.currency),
      status: 'requires_payment_method',
      capture_method: String(form.capture_method),
      metadata: form.metadata as Record<string, string>,
      last_payment_error: null,
      next_action: null,
      latest_charge: null,
      payment_method: null,
    };
    this.intents.set(intent.id, intent);
    this.#tell('payment_intent.created', intent);
    return intent;
  }

  confirm(id: string, form: Record<string, unknown>): Intent {
    const intent = this.find(id);
    expectState(intent, ['requires_payment_method', 'requires_confirmation']);
    const name = String(form.payment_method);
    const behaviour = methods[name];
    if (behaviour === undefined) throw invalid('resource_missing', `No such PaymentMethod: '${name}'`);
    intent.payment_method = name;
    if (typeof behaviour === 'object') return this.#decline(intent, behaviour.decline);
    if (behaviour === 'asks-buyer') {
      intent.status = 'requires_action';
      intent.next_action = {
        type: 'redirect_to_url',
        redirect_to_url: { url: `https://hooks.example/3d/${id}`, return_url: form.return_url },
      };
      this.#tell('payment_intent.requires_action', intent);
      return intent;
    }
    return this.#approve(intent);
  }

  /** The buyer has been to their bank. */
  buyerAnswers(id: string, isConfirmed: boolean): void {
    const intent = this.find(id);
    if (intent.status !== 'requires_action') return;
    intent.next_action = null;
    if (isConfirmed) {
      this.#approve(intent);
      return;
    }
    intent.status = 'requires_payment_method';
    intent.last_payment_error = {
      type: 'invalid_request_error',
      code: 'payment_intent_authentication_failure',
      message: 'The provided PaymentMethod has failed authentication.',
    };
    this.#tell('payment_intent.payment_failed', intent);
  }

  capture(id: string): Intent {
    const intent = this.find(id);
    expectState(intent, ['requires_capture']);
    if (intent.payment_method === 'pm_capture_fails')
      throw declined('card_declined', 'The card was declined.');
    return this.#take(intent);
  }

  cancel(id: string): Intent {
    const intent = this.find(id);
    expectState(intent, [
      'requires_payment_method',
      'requires_confirmation',
      'requires_action',
      'requires_capture',
    ]);
    return this.#cancel(intent);
  }

  /** Holds are let go of by Stripe after seven days. */
  expireHolds(): void {
    for (const intent of this.intents.values())
      if (intent.status === 'requires_capture') this.#cancel(intent);
  }

  refund(form: Record<string, unknown>): Refund {
    const intent = this.find(String(form.payment_intent));
    const amount = Number(form.amount);
    const given = this.refunds
      .filter(({ payment_intent, status }) => payment_intent === intent.id && status !== 'failed')
      .reduce((sum, refund) => sum + refund.amount, 0);
    if (intent.amount_received === 0) {
      throw invalid(
        'payment_intent_unexpected_state',
        'This PaymentIntent has no successful charge to refund.',
      );
    }
    if (amount > intent.amount_received - given) {
      throw invalid('charge_already_refunded', 'Refund amount is greater than unrefunded amount on charge');
    }
    const isFailed = intent.payment_method === 'pm_refund_fails';
    const refund: Refund = {
      id: newId('re'),
      object: 'refund',
      amount,
      currency: intent.currency,
      status: isFailed ? 'failed' : 'succeeded',
      ...(isFailed ? { failure_reason: 'lost_or_stolen_card' } : {}),
      payment_intent: intent.id,
      metadata: (form.metadata ?? {}) as Record<string, string>,
    };
    this.refunds.push(refund);
    this.#tell(isFailed ? 'refund.failed' : 'refund.created', refund);
    return refund;
  }

  find(id: string): Intent {
    const intent = this.intents.get(id);
    if (intent !== undefined) return intent;
    throw new Refused(404, {
      type: 'invalid_request_error',
      code: 'resource_missing',
      message: `No such payment_intent: '${id}'`,
    });
  }

  #approve(intent: Intent): Intent {
    intent.latest_charge = {
      id: newId('ch'),
      object: 'charge',
      payment_method_details: { type: 'card', card: { brand: 'visa', last4: '4242' } },
    };
    if (intent.capture_method === 'automatic') return this.#take(intent);
    intent.status = 'requires_capture';
    this.#tell('payment_intent.amount_capturable_updated', intent);
    return intent;
  }

  #take(intent: Intent): Intent {
    intent.status = 'succeeded';
    intent.amount_received = intent.amount;
    this.#tell('payment_intent.succeeded', intent);
    return intent;
  }

  #cancel(intent: Intent): Intent {
    intent.status = 'canceled';
    intent.next_action = null;
    this.#tell('payment_intent.canceled', intent);
    return intent;
  }

  #decline(intent: Intent, declineCode: string): Intent {
    const refused = declined('card_declined', 'Your card was declined.', declineCode);
    intent.last_payment_error = refused.error;
    this.#tell('payment_intent.payment_failed', intent);
    throw refused;
  }

  #tell(type: string, object: object): void {
    const event: StripeEvent = {
      id: newId('evt'),
      object: 'event',
      type,
      data: { object: structuredClone(object) },
    };
    this.events.push(event);
    this.onEvent(event);
  }
}

function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('hex')}`;
}

function expectState(intent: Intent, states: readonly string[]): void {
  if (states.includes(intent.status)) return;
  throw invalid(
    'payment_intent_unexpected_state',
    `This PaymentIntent could not be changed because it has a status of ${intent.status}.`,
  );
}

function invalid(code: string, message: string): Refused {
  return new Refused(400, { type: 'invalid_request_error', code, message });
}

function declined(code: string, message: string, declineCode?: string): Refused {
  return new Refused(402, {
    type: 'card_error',
    code,
    message,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
  });
}
