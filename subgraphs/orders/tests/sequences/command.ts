import fc from 'fast-check';

/** Something that may happen to an order. Numbers are taken modulo what there is. */
export type Command =
  | { readonly do: 'pay'; readonly token: string }
  | { readonly do: 'pay-twice-at-once'; readonly token: string }
  | { readonly do: 'confirm'; readonly how: 'CAPTURED' | 'DECLINED' | 'FAILED' }
  | { readonly do: 'cancel'; readonly by: 'buyer' | 'staff' }
  | { readonly do: 'fulfil'; readonly quantity: number; readonly times: 1 | 2 }
  | { readonly do: 'deliver' }
  | { readonly do: 'ask-return'; readonly quantity: number; readonly times: 1 | 2 }
  | { readonly do: 'receive'; readonly index: number; readonly restock: boolean; readonly times: 1 | 2 }
  | { readonly do: 'reject'; readonly index: number }
  | { readonly do: 'cancel-and-fulfil-at-once' }
  | { readonly do: 'refund-by-staff'; readonly amount: number }
  | { readonly do: 'break'; readonly method: string; readonly how: 'fail' | 'lose-answer' }
  | { readonly do: 'mend' }
  | { readonly do: 'wait'; readonly seconds: number }
  | { readonly do: 'stock-runs-out' };

const token = fc.constantFrom(
  'tok_approve',
  'tok_approve',
  'tok_approve',
  'tok_decline',
  'tok_action',
  'tok_unknown',
  'tok_refund_fails',
);
const quantity = fc.integer({ min: 1, max: 3 });
const times = fc.constantFrom<1 | 2>(1, 1, 2);
const index = fc.nat({ max: 3 });
const method = fc.constantFrom(
  'inventory.reserve',
  'inventory.commit',
  'inventory.release',
  'inventory.restock',
  'payments.authorize',
  'payments.void',
  'payments.refund',
  'payments.getPayment',
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pay' as const), token }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pay-twice-at-once' as const), token }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('confirm' as const),
      how: fc.constantFrom<'CAPTURED' | 'DECLINED' | 'FAILED'>('CAPTURED', 'DECLINED', 'FAILED'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('cancel' as const),
      by: fc.constantFrom<'buyer' | 'staff'>('buyer', 'staff'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fulfil' as const), quantity, times }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('deliver' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask-return' as const), quantity, times }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('receive' as const), index, restock: fc.boolean(), times }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reject' as const), index }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel-and-fulfil-at-once' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refund-by-staff' as const),
      amount: fc.integer({ min: 1, max: 400 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('break' as const),
      method,
      how: fc.constantFrom<'fail' | 'lose-answer'>('fail', 'lose-answer'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('mend' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), seconds: fc.constantFrom(3, 11, 70, 1_000) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stock-runs-out' as const) }) },
);

/** What happens to an order from its placing on. */
export const sequences: fc.Arbitrary<readonly Command[]> = fc
  .tuple(token, fc.array(command, { minLength: 3, maxLength: 16 }))
  .map(([first, then]) => [{ do: 'pay', token: first }, ...then]);
