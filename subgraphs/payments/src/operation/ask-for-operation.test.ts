import { expect, test } from 'vitest';
import type { ProviderCharge } from '../providers/payment-provider.ts';
import { findIn } from './ask-for-operation.ts';
import type { OperationKind } from './payment-operation.entity.ts';

const charge = (state: ProviderCharge['state'], more: Partial<ProviderCharge> = {}): ProviderCharge => ({
  reference: 'ch-1',
  state,
  method: null,
  actionUrl: null,
  refusal: null,
  amount: 10,
  captured: 0,
  refunds: [],
  ...more,
});
const refund = { idempotencyKey: 'op-1', reference: 're-1', amount: 10, refusal: null };
const refused = { code: 'no', message: 'No' };
const done = { status: 'approved', reference: 'ch-1' };

test.each<[OperationKind, string, ProviderCharge, object | null]>([
  ['CAPTURE', 'taken', charge('captured', { captured: 10 }), done],
  ['CAPTURE', 'on hold', charge('authorized'), null],
  ['CAPTURE', 'let go', charge('voided'), { status: 'declined', isHoldLost: true }],
  ['VOID', 'let go', charge('voided'), done],
  ['VOID', 'on hold', charge('authorized'), null],
  ['VOID', 'taken', charge('captured', { captured: 10 }), null],
  [
    'REFUND',
    'given back',
    charge('captured', { refunds: [refund] }),
    { status: 'approved', reference: 're-1' },
  ],
  [
    'REFUND',
    'refused to give back',
    charge('captured', { refunds: [{ ...refund, refusal: refused }] }),
    { status: 'declined', isHoldLost: false, ...refused },
  ],
  [
    'REFUND',
    'given back for another request',
    charge('captured', { refunds: [{ ...refund, idempotencyKey: 'op-2' }] }),
    null,
  ],
])('a %s is found in a charge that was %s', (kind, _, found, outcome) => {
  const answer = findIn(found, { id: 'op-1', kind });
  if (outcome === null) expect(answer).toBeNull();
  else expect(answer).toMatchObject(outcome);
});
