export { Failure, type FailureKind, type FailureOptions, httpStatusOf } from './failure.ts';
