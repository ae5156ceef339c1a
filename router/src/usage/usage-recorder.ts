import type { Logger } from '@stoa/telemetry';
import type { UsageStore } from '@stoa/usage';
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { ClientProgram } from '../identity/client-program.ts';
import { operationDescriber } from './describe-operation.ts';
import { givenInputs } from './given-inputs.ts';
import { type UsageLimits, usageCounters } from './usage-counters.ts';

export interface UsageRecorderOptions {
  openStore: () => Promise<UsageStore>;
  limits: UsageLimits;
  flushMs: number;
  /** How long a day is kept. */
  retentionDays: number;
  logger: Logger;
  now?: () => Date;
}

/** One operation that was sent and found valid. */
export interface Sending {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly client: ClientProgram;
}

/** Counts what is sent and writes the counts to the store from time to time. */
export interface UsageRecorder {
  /** Returns at once: counting waits until what is being answered has been. */
  record(sending: Sending): void;
  /** Writes what was counted and closes the store; gives up after five seconds. */
  stop(): Promise<void>;
}

const stopTimeoutMs = 5_000;
const dayMs = 86_400_000;

/**
 * Makes a recorder. A store that is away costs no answer: counts are kept, within bounds, until it is
 * back, and the log tells.
 */
export function usageRecorder(options: UsageRecorderOptions): UsageRecorder {
  const { openStore, limits, flushMs, retentionDays, logger, now = () => new Date() } = options;
  const counters = usageCounters(limits);
  const describe = operationDescriber();
  let waiting: Sending[] = [];
  let store: Promise<UsageStore> | null = null;
  let forgottenOn = '';
  let writing: Promise<void> | null = null;

  const count = ({ schema, document, operation, variables, client }: Sending) => {
    const description = describe(schema, document, operation);
    // Introspection alone, such as the question whether anybody is there, is no use of the schema.
    if (description.operation.coordinates.length === 0) return;
    counters.add(description.operation, givenInputs(description.inputVariables, variables), client, now());
  };
  const countWaiting = () => {
    const sendings = waiting;
    waiting = [];
    for (const sending of sendings) {
      try {
        count(sending);
      } catch (error) {
        logger.error({ event: 'usage.not-counted', err: error });
      }
    }
  };

  const opened = () => {
    store ??= openStore().catch((error) => {
      store = null;
      throw error;
    });
    return store;
  };
  const write = async () => {
    countWaiting();
    const batch = counters.take();
    if (batch === null) return;
    try {
      await (await opened()).write(batch);
    } catch (error) {
      counters.putBack(batch);
      logger.error({ event: 'usage.not-written', err: error });
    }
  };
  const forgetOnceADay = async () => {
    const today = now().toISOString().slice(0, 10);
    if (today === forgottenOn) return;
    forgottenOn = today;
    try {
      await (await opened()).forget(new Date(now().getTime() - retentionDays * dayMs));
    } catch (error) {
      logger.error({ event: 'usage.not-forgotten', err: error });
    }
  };
  const flush = () => {
    writing ??= write()
      .then(forgetOnceADay)
      .finally(() => {
        writing = null;
      });
    return writing;
  };

  // Opened now rather than at the first flush, as loading a database driver holds up whatever else goes on.
  opened().catch((error) => logger.error({ event: 'usage.not-opened', err: error }));
  const timer = setInterval(() => void flush(), flushMs).unref();

  return {
    record(sending) {
      if (waiting.push(sending) === 1) setImmediate(countWaiting);
    },
    async stop() {
      clearInterval(timer);
      const finish = async () => {
        await writing;
        await flush();
        await (await store)?.close();
      };
      let giveUp: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        giveUp = setTimeout(() => {
          logger.error({ event: 'usage.not-written', reason: `no end after ${stopTimeoutMs} ms` });
          resolve();
        }, stopTimeoutMs);
      });
      try {
        await Promise.race([finish(), late]);
      } catch (error) {
        logger.error({ event: 'usage.not-closed', err: error });
      } finally {
        clearTimeout(giveUp);
      }
    },
  };
}
