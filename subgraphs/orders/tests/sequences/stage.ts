import { type FixedClock, fixedClock, newId } from '@stoa/clock';
import { PaymentState } from '@stoa/payments/rpc';
import { staff } from '@stoa/testkit/viewers';
import type { OrderState } from '../../src/order/order-state.ts';
import { afterwards, buyer } from '../buyer.ts';
import { type OrdersWithFakes, ordersWithFakes } from '../orders-with-fakes.ts';
import type { Command } from './command.ts';

export const unitsOrdered = 3;
export const pricePerUnit = 333;

/** What is read of an order: of `afterwards`, as far as it is looked at. */
export interface OrderSeen {
  readonly id: string;
  readonly state: OrderState;
  readonly lines: readonly [
    {
      readonly id: string;
      readonly quantity: number;
      readonly fulfilledQuantity: number;
      readonly returnedQuantity: number;
    },
  ];
  readonly history: readonly { readonly from: OrderState | null; readonly to: OrderState }[];
  readonly returns: readonly { readonly id: string }[];
  readonly tasks: readonly { readonly kind: string; readonly state: string }[];
}

/** One order amid fakes that keep books, and those who do things to it. */
export interface Stage {
  readonly world: OrdersWithFakes;
  readonly shirt: string;
  /** What staff gave back past the order, in minor units. */
  refundedByStaff(): number;
  /** Does it, whatever comes of it: a refusal and a service that does not answer are answers, too. */
  perform(command: Command): Promise<void>;
  /** Everything works again, nobody waits any more, and the workers have had their time. */
  settle(): Promise<void>;
  /** The order as staff see it; null before it is written. */
  order(): Promise<OrderSeen | null>;
}

/** A shop in which one order after the other is tried. */
export interface Theatre {
  newStage(): Promise<Stage>;
  stop(): Promise<void>;
}

export async function theatre(): Promise<Theatre> {
  const clock = fixedClock();
  const world = await ordersWithFakes({ clock });
  return { newStage: () => newStage(world, clock), stop: () => world.stop() };
}

async function newStage(world: OrdersWithFakes, clock: FixedClock): Promise<Stage> {
  const { shop, subgraph } = world;
  shop.faults.mend();
  const shirt = shop.withVariant({ stock: unitsOrdered, price: pricePerUnit });
  const guest = buyer(subgraph);
  const clerk = buyer(subgraph, staff());
  const cartId = await guest.prepares([shirt, unitsOrdered]);
  let refunded = 0;
  const order = async (): Promise<OrderSeen | null> => {
    // Also one that waits to be paid, which the cart does not tell of. An unpaid one that was cancelled may have a successor.
    const em = subgraph.subgraph.database.em.fork();
    const row = await em.getKnex()('orders').where({ cart_id: cartId }).orderBy('id', 'desc').first('id');
    return row === undefined ? null : clerk.order(row.id, afterwards);
  };
  const work = async () => {
    await subgraph.subgraph.work('resume-checkouts');
    await subgraph.subgraph.work('finish-order-tasks');
  };
  const idempotent = async (times: number, mutation: string, input: object, who = clerk) => {
    const again = { ...input, idempotencyKey: newId() };
    await Promise.all(Array.from({ length: times }, () => who.mutate(mutation, again)));
  };

  const perform = async (command: Command): Promise<void> => {
    const found = await order();
    const orderId = found?.id ?? newId();
    const units = (quantity: number) => [{ lineId: found?.lines[0].id ?? newId(), quantity }];
    const returnId = (index: number) =>
      found?.returns[index % Math.max(1, found.returns.length)]?.id ?? newId();
    switch (command.do) {
      case 'pay':
        await guest.placeOrder(cartId, { token: command.token });
        return;
      case 'pay-twice-at-once': {
        const key = newId();
        await Promise.all([1, 2].map(() => guest.placeOrder(cartId, { token: command.token, key })));
        return;
      }
      case 'confirm':
        shop.settlePayments(PaymentState[command.how]);
        return;
      case 'cancel':
        await (command.by === 'staff' ? clerk : guest).mutate('cancelOrder', { orderId });
        return;
      case 'fulfil':
        return idempotent(command.times, 'fulfilOrder', { orderId, lines: units(command.quantity) });
      case 'deliver':
        await clerk.mutate('markDelivered', { orderId });
        return;
      case 'ask-return':
        return idempotent(
          command.times,
          'requestReturn',
          { orderId, lines: units(command.quantity), reason: 'Too small' },
          guest,
        );
      case 'receive': {
        const input = { returnId: returnId(command.index), restock: command.restock };
        await Promise.all(Array.from({ length: command.times }, () => clerk.mutate('receiveReturn', input)));
        return;
      }
      case 'reject':
        await clerk.mutate('rejectReturn', { returnId: returnId(command.index), reason: 'Worn' });
        return;
      case 'cancel-and-fulfil-at-once':
        await Promise.all([
          clerk.mutate('cancelOrder', { orderId }),
          idempotent(1, 'fulfilOrder', { orderId }),
        ]);
        return;
      case 'refund-by-staff':
        refunded += shop.refundByStaff(orderId, command.amount);
        return;
      case 'break':
        if (command.how === 'fail') shop.faults.fail(command.method);
        else shop.faults.loseAnswerOf(command.method);
        return;
      case 'mend':
        shop.faults.mend();
        return;
      case 'wait':
        clock.advance(command.seconds * 1_000);
        return work();
      case 'stock-runs-out':
        shop.expireReservations();
        return;
    }
  };

  return {
    world,
    shirt,
    refundedByStaff: () => refunded,
    async perform(command) {
      await perform(command).catch((error: Error & { errors?: readonly FormattedError[] }) => {
        if (!isOfAFault(error)) throw error;
      });
    },
    async settle() {
      shop.faults.mend();
      for (let round = 0; round < 4; round += 1) {
        // Also one that a worker has asked for just now: the provider knows of each in the end.
        shop.settlePayments(PaymentState.DECLINED);
        clock.advance(700_000);
        await work();
      }
    },
    order,
  };
}

interface FormattedError {
  readonly message: string;
  readonly extensions?: { readonly code?: string };
}

/** What a client is told when a service does not answer; any other failure is one of orders. */
function isOfAFault({ errors = [] }: { errors?: readonly FormattedError[] }): boolean {
  return (
    errors.length > 0 &&
    errors.every(
      ({ message, extensions }) =>
        extensions?.code !== 'INTERNAL_SERVER_ERROR' || message.endsWith('was lost'),
    )
  );
}
