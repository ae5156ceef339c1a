import { openingDayIds } from './id-sequence.ts';

/** The code of a warehouse. */
export type DemoLocationCode = 'berlin' | 'leeds';

/** A warehouse that holds stock. */
export interface DemoLocation {
  readonly id: string;
  readonly code: DemoLocationCode;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

const nextId = openingDayIds(0);

const locations: readonly DemoLocation[] = [
  { id: nextId(), code: 'berlin', name: 'Berlin warehouse', country: 'DE' },
  { id: nextId(), code: 'leeds', name: 'Leeds warehouse', country: 'GB' },
];

/** The two warehouses of the demo shop. */
export function demoLocations(): readonly DemoLocation[] {
  return locations;
}
