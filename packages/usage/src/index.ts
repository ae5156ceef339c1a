export type {
  OperationCount,
  OtherCount,
  RecordedInput,
  RecordedOperation,
  UsageBatch,
  UsageClient,
} from './usage-batch.ts';
export { openUsageStore, type UsageStore, type UsageStoreOptions } from './usage-store.ts';
