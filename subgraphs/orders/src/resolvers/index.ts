import { DateTime } from '@stoa/clock';
import { CurrencyCode, MinorUnits } from '@stoa/money';
import type { Resolvers } from '../__generated__/resolvers-types.ts';
import { Cart } from './Cart.ts';
import { CartLine } from './CartLine.ts';
import { addItemToCart } from './Mutation/addItemToCart.ts';
import { applyCoupon } from './Mutation/applyCoupon.ts';
import { claimCart } from './Mutation/claimCart.ts';
import { createCart } from './Mutation/createCart.ts';
import { placeOrder } from './Mutation/placeOrder.ts';
import { removeCartLine } from './Mutation/removeCartLine.ts';
import { removeCoupon } from './Mutation/removeCoupon.ts';
import { setBillingAddress } from './Mutation/setBillingAddress.ts';
import { setCartEmail } from './Mutation/setCartEmail.ts';
import { setShippingAddress } from './Mutation/setShippingAddress.ts';
import { updateCartLine } from './Mutation/updateCartLine.ts';
import { Order } from './Order.ts';
import { OrderConnection } from './OrderConnection.ts';
import { OrderLine } from './OrderLine.ts';
import { cart } from './Query/cart.ts';
import { order } from './Query/order.ts';
import { orders } from './Query/orders.ts';
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
  },
  Subscription: { orderUpdated },
  Cart,
  CartLine,
  Order,
  OrderConnection,
  OrderLine,
  User,
  MinorUnits,
  CurrencyCode,
  DateTime,
};
