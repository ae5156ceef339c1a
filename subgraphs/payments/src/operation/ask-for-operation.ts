import type { Payment } from '../payment/payment.entity.ts';
import { ask } from '../providers/ask.ts';
import type {
  CaptureOutcome,
  MovementOutcome,
  PaymentProvider,
  ProviderCharge,
  ProviderRequest,
} from '../providers/payment-provider.ts';
import { noAnswer } from '../reconciliation/next-check.ts';
import { holdLost } from './hold-lost.ts';
import type { PaymentOperation } from './payment-operation.entity.ts';

/** A capture's outcome; a void's and a refund's are the same, without a hold to lose. */
export type OperationOutcome = CaptureOutcome;

/**
 * Has the provider do what an operation says.
 * @param isRepeat whether it may have been asked before
 * @returns null when what became of it cannot be told
 */
export function askForOperation(
  provider: PaymentProvider,
  payment: Payment,
  operation: PaymentOperation,
  isRepeat: boolean,
): Promise<OperationOutcome | null> {
  const request: ProviderRequest = {
    idempotencyKey: operation.id,
    paymentId: payment.id,
    reference: payment.providerReference ?? '',
  };
  return ask<OperationOutcome>({
    act: () => perform(provider, operation, request),
    look: async () => {
      const charge = await provider.retrieve({ paymentId: payment.id, reference: request.reference });
      return charge === null ? null : findIn(charge, operation);
    },
    isRepeat,
    notDone: notDone(operation),
  });
}

async function perform(
  provider: PaymentProvider,
  { kind, amount, currency }: PaymentOperation,
  request: ProviderRequest,
): Promise<OperationOutcome> {
  switch (kind) {
    case 'CAPTURE':
      return provider.capture(request);
    case 'VOID':
      return asOperation(await provider.void(request));
    case 'REFUND':
      return asOperation(await provider.refund({ ...request, amount, currency }));
  }
}

function asOperation(outcome: MovementOutcome): OperationOutcome {
  return outcome.status === 'approved' ? outcome : { ...outcome, isHoldLost: false };
}

/** What a charge says of an operation; null when it has not happened. */
export function findIn(
  charge: ProviderCharge,
  { id, kind }: Pick<PaymentOperation, 'id' | 'kind'>,
): OperationOutcome | null {
  const done = { status: 'approved', reference: charge.reference } as const;
  switch (kind) {
    case 'CAPTURE':
      if (charge.state === 'voided') return { status: 'declined', isHoldLost: true, ...holdLost };
      return charge.captured > 0 ? done : null;
    case 'VOID':
      return charge.state === 'voided' ? done : null;
    case 'REFUND': {
      const refund = charge.refunds.find(({ idempotencyKey }) => idempotencyKey === id);
      if (refund === undefined) return null;
      return refund.refusal === null
        ? { status: 'approved', reference: refund.reference }
        : { status: 'declined', isHoldLost: false, ...refund.refusal };
    }
  }
}

const things = {
  CAPTURE: 'the money was not taken',
  VOID: 'the hold stands',
  REFUND: 'no money was given back',
};

function notDone({ kind }: PaymentOperation): OperationOutcome {
  const message = `The payment provider did not answer, and ${things[kind]}`;
  return { status: 'declined', isHoldLost: false, code: noAnswer, message };
}
