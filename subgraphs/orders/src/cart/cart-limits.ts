/** How many of a variant a line may hold. The database checks it too. */
export const maximumQuantity = 1_000;

/** How many lines a cart may have. */
export const maximumLines = 100;

/** How many coupons a cart may carry. */
export const maximumCoupons = 10;
