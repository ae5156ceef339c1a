import type { PaymentProvider } from '../src/providers/payment-provider.ts';
import { ProviderTimeout } from '../src/providers/provider-timeout.ts';
import type { ProviderFactories } from '../src/providers/providers.ts';
import { createSandbox } from '../src/providers/sandbox/sandbox.ts';

type Call = 'authorize' | 'capture' | 'void' | 'refund' | 'retrieve';

/** `request-lost`: it never arrives. `answer-lost`: it is done and the answer is lost. `crash`: it is done and we break down. */
export type Fault = 'request-lost' | 'answer-lost' | 'crash';

/** A call that waits until `proceed`; `arrived` resolves when it is there. */
export interface Held {
  readonly arrived: Promise<void>;
  proceed(): void;
}

/** A sandbox whose next calls go wrong as told. */
export interface FaultySandbox {
  readonly factories: ProviderFactories;
  /** What was asked of it, in order. */
  readonly calls: Call[];
  /** The next calls of this sort go wrong so, one after the other; then they go well again. */
  breakNext(call: Call, ...faults: Fault[]): void;
  /** Holds the next call of this sort before anything is done. */
  holdNext(call: Call): Held;
  /** Holds the answer of the next call of this sort, when all is done. */
  holdAnswer(call: Call): Held;
}

interface Gate {
  readonly held: Held;
  pass(): Promise<void>;
}

export function faultySandbox(): FaultySandbox {
  const calls: Call[] = [];
  const faults = new Map<Call, Fault[]>();
  const before = new Map<Call, Gate>();
  const after = new Map<Call, Gate>();
  const passThrough = async (gates: Map<Call, Gate>, call: Call) => {
    const gate = gates.get(call);
    gates.delete(call);
    await gate?.pass();
  };

  const through = async <Outcome>(call: Call, work: () => Promise<Outcome>): Promise<Outcome> => {
    calls.push(call);
    await passThrough(before, call);
    const fault = faults.get(call)?.shift();
    if (fault === 'request-lost') throw new ProviderTimeout('lost on the way there');
    const outcome = await work();
    if (fault === 'answer-lost') throw new ProviderTimeout('lost on the way back');
    if (fault === 'crash') throw new Error('out of memory, say');
    await passThrough(after, call);
    return outcome;
  };

  const around = (sandbox: PaymentProvider): PaymentProvider => ({
    ...sandbox,
    authorize: (request) => through('authorize', () => sandbox.authorize(request)),
    capture: (request) => through('capture', () => sandbox.capture(request)),
    void: (request) => through('void', () => sandbox.void(request)),
    refund: (request) => through('refund', () => sandbox.refund(request)),
    retrieve: (payment) => through('retrieve', () => sandbox.retrieve(payment)),
  });
  const hold = (gates: Map<Call, Gate>, call: Call) => {
    const gate = createGate();
    gates.set(call, gate);
    return gate.held;
  };

  return {
    factories: { sandbox: (environment) => around(createSandbox(environment)) },
    calls,
    breakNext: (call, ...next) => {
      faults.set(call, next);
    },
    holdNext: (call) => hold(before, call),
    holdAnswer: (call) => hold(after, call),
  };
}

function createGate(): Gate {
  let arrive = () => {};
  let proceed = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const open = new Promise<void>((resolve) => {
    proceed = resolve;
  });
  return {
    held: { arrived, proceed: () => proceed() },
    pass() {
      arrive();
      return open;
    },
  };
}
