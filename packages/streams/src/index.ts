export { type BoundedQueue, boundedQueue, type Stream } from './bounded-queue.ts';
export { buffered } from './buffered.ts';
export { followedBy } from './followed-by.ts';
