import type { Started } from '../start.ts';

/** A shop as this bench runs it: its data made once, its process started anew for each operation. */
export interface ShopUnderTest {
  readonly title: string;
  /** Where its buyers' GraphQL is. */
  readonly path: string;
  /** Starts it on core 0 with the catalogue in it and nothing sold yet; it may not listen yet. */
  start(port: number): Promise<Started>;
  /** Removes what it left, but for what a later run can use. */
  close(): Promise<void>;
}
