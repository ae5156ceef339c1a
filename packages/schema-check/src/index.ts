export { type Composed, composeSubgraphs } from './composition/compose-subgraphs.ts';
export {
  type EventContract,
  eventFile,
  eventsFolder,
  type PayloadSchema,
  payloadSchemaOf,
  writeEventContract,
} from './events/event-contract.ts';
export type { CompositionRemark, GraphVersion, SubgraphSource } from './graph/graph-version.ts';
export { InputError } from './graph/input-error.ts';
export { apiSchemaOf, supergraphFrom } from './graph/supergraph-of.ts';
export {
  type ClientDocuments,
  type OperationFile,
  operationFilesOf,
  readClientDocuments,
} from './operations/client-documents.ts';
export type { KnownOperation } from './operations/known-operation.ts';
export type { FieldUse, UsageSource, UsedOperation } from './operations/usage-source.ts';
export type { Finding, StepName } from './report/finding.ts';
export { jsonReport } from './report/json-report.ts';
export { markdownReport } from './report/markdown-report.ts';
export type { Report, StepReport } from './report/report.ts';
export { terminalReport } from './report/terminal-report.ts';
export { type OpenUsage, runSchemaCheck, type SchemaCheckOptions } from './run-schema-check.ts';
export type { CheckContext, Step } from './step.ts';
