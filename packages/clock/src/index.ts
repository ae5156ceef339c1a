export { type Clock, type FixedClock, fixedClock, systemClock } from './clock.ts';
export { DateTime } from './date-time.ts';
export { isId, type NewId, newId } from './ids.ts';
