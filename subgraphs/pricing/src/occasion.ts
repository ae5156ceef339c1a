import type { NewId } from '@stoa/clock';

/** When and by which request something is changed. */
export interface Occasion {
  readonly now: Date;
  readonly newId: NewId;
  readonly requestId: string;
}
