/** A variant as all the fakes know it; a test may change it at any time. */
export interface FakeVariant {
  readonly sku: string;
  name: string;
  /** In minor units, as the price list states it; null when it has none. */
  price: number | null;
  onHand: number;
  reserved: number;
  /** Whether the catalogue no longer has it. */
  isGone: boolean;
}
