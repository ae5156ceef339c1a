import { DateTime } from '@stoa/clock';
import { CurrencyCode, MinorUnits } from '@stoa/money';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { Cart } from './Cart.ts';
import { CartLine } from './CartLine.ts';
import { addItemToCart } from './Mutation/addItemToCart.ts';
import { applyCoupon } from './Mutation/applyCoupon.ts';
import { cancelOrder } from './Mutation/cancelOrder.ts';
import { claimCart } from './Mutation/claimCart.ts';
import { createCart } from './Mutation/createCart.ts';
import { fulfilOrder } from './Mutation/fulfilOrder.ts';
import { markDelivered } from './Mutation/markDelivered.ts';
import { placeOrder } from './Mutation/placeOrder.ts';
import { receiveReturn } from './Mutation/receiveReturn.ts';
import { rejectReturn } from './Mutation/rejectReturn.ts';
import { removeCartLine } from './Mutation/removeCartLine.ts';
import { removeCoupon } from './Mutation/removeCoupon.ts';
import { requestReturn } from './Mutation/requestReturn.ts';
import { setBillingAddress } from './Mutation/setBillingAddress.ts';
import { setCartEmail } from './Mutation/setCartEmail.ts';
import { setShippingAddress } from './Mutation/setShippingAddress.ts';
import { updateCartLine } from './Mutation/updateCartLine.ts';
import { Order } from './Order.ts';
import { OrderConnection } from './OrderConnection.ts';
import { OrderFulfilment } from './OrderFulfilment.ts';
import { OrderHistoryEntry } from './OrderHistoryEntry.ts';
import { OrderLine } from './OrderLine.ts';
import { OrderUnits } from './OrderUnits.ts';
import { cart } from './Query/cart.ts';
import { order } from './Query/order.ts';
import { orders } from './Query/orders.ts';
import { Return } from './Return.ts';
import { orderUpdated } from './Subscription/orderUpdated.ts';
import { User } from './User.ts';

export const resolvers: Resolvers = {
  Query: { cart, order, orders },
  Mutation: {
    createCart,
    addItemToCart,
    updateCartLine,
    removeCartLine,
    applyCoupon,
    removeCoupon,
    setShippingAddress,
    setBillingAddress,
    setCartEmail,
    claimCart,
    placeOrder,
    cancelOrder,
    fulfilOrder,
    markDelivered,
    requestReturn,
    receiveReturn,
    rejectReturn,
  },
  Subscription: { orderUpdated },
  Cart,
  CartLine,
  Order,
  OrderConnection,
  OrderFulfilment,
  OrderHistoryEntry,
  OrderLine,
  OrderUnits,
  Return,
  User,
  MinorUnits,
  CurrencyCode,
  DateTime,
};
