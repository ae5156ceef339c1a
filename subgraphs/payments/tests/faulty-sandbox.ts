import type { PaymentProvider } from '../src/providers/payment-provider.ts';
import { ProviderTimeout } from '../src/providers/provider-timeout.ts';
import type { ProviderFactories } from '../src/providers/providers.ts';
import { createSandbox } from '../src/providers/sandbox/sandbox.ts';

type Call = 'authorize' | 'capture' | 'void' | 'refund' | 'retrieve';

/** `request-lost`: it never arrives. `answer-lost`: it is done and the answer is lost. `crash`: it is done and we break down. */
type Fault = 'request-lost' | 'answer-lost' | 'crash';

/** A sandbox whose next calls go wrong as told. */
export interface FaultySandbox {
  readonly factories: ProviderFactories;
  /** What was asked of it, in order. */
  readonly calls: Call[];
  /** The next calls of this sort go wrong so, one after the other; then they go well again. */
  breakNext(call: Call, ...faults: Fault[]): void;
  /** The next call of this sort waits until `proceed`; `arrived` resolves when it is there. */
  holdNext(call: Call): { arrived: Promise<void>; proceed(): void };
}

export function faultySandbox(): FaultySandbox {
  const calls: Call[] = [];
  const faults = new Map<Call, Fault[]>();
  const gates = new Map<Call, { arrive(): void; open: Promise<void> }>();

  const through = async <Outcome>(call: Call, work: () => Promise<Outcome>): Promise<Outcome> => {
    calls.push(call);
    const gate = gates.get(call);
    if (gate !== undefined) {
      gates.delete(call);
      gate.arrive();
      await gate.open;
    }
    const fault = faults.get(call)?.shift();
    if (fault === 'request-lost') throw new ProviderTimeout('lost on the way there');
    const outcome = await work();
    if (fault === 'answer-lost') throw new ProviderTimeout('lost on the way back');
    if (fault === 'crash') throw new Error('out of memory, say');
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

  return {
    factories: { sandbox: (environment) => around(createSandbox(environment)) },
    calls,
    breakNext: (call, ...next) => {
      faults.set(call, next);
    },
    holdNext(call) {
      let arrive = () => {};
      let proceed = () => {};
      const arrived = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      const open = new Promise<void>((resolve) => {
        proceed = resolve;
      });
      gates.set(call, { arrive, open });
      return { arrived, proceed };
    },
  };
}
