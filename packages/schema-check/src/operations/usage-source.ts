/** An operation that a client was seen to send. */
export interface UsedOperation {
  /** As the client names itself; null when it does not. */
  readonly clientName: string | null;
  readonly clientVersion: string | null;
  /** Null for an anonymous operation. */
  readonly operationName: string | null;
  /**
   * The document with the values that its sender wrote into it removed, and still valid: strings are "", numbers 0;
   * input fields and enum values stay. Null for operations that were counted and not told apart.
   */
  readonly body: string | null;
  readonly lastSeen: Date;
  /** How often since the date that was asked for. */
  readonly count: number;
}

/** A use of one schema coordinate by one client's operation. */
export interface FieldUse {
  readonly clientName: string | null;
  readonly clientVersion: string | null;
  /** Null for an anonymous operation, and for operations that were not told apart. */
  readonly operationName: string | null;
  readonly lastSeen: Date;
  /** How often since the date that was asked for. */
  readonly count: number;
}

/** What was recorded of the operations that clients sent. */
export interface UsageSource {
  /** Every distinct operation of every client that was sent at or after `since`. */
  operations(since: Date): Promise<UsedOperation[]>;
  /**
   * Who used a part of the schema at or after `since`. Input fields and enum values count also when they came in
   * variables, as only this record knows of those.
   * @param coordinate such as `Product.name`, `Query.product(id:)`, `OrderState.PAID` or `PlaceOrderInput.cartId`
   */
  fieldUse(coordinate: string, since: Date): Promise<FieldUse[]>;
}
