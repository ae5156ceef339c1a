import { rabbitmqUrl } from '@stoa/testkit';
import { removeNames } from './remove-names.ts';

/** A corner of its own at the RabbitMQ of the test run, which is everybody's. */
export interface OwnBroker {
  /** For the processes that share it. */
  readonly settings: Readonly<Record<'BROKER_URL' | 'BROKER_PREFIX', string>>;
  /** Removes the queues of these consumers, such as `orders.confirm-by-mail`, and the exchanges. */
  remove(groups: readonly string[]): Promise<void>;
}

/** Null where no RabbitMQ answers. */
export function ownBroker(): OwnBroker | null {
  const url = rabbitmqUrl();
  if (url === null) return null;
  const prefix = `test-${crypto.randomUUID().slice(0, 8)}.`;
  return {
    settings: { BROKER_URL: url, BROKER_PREFIX: prefix },
    remove: (groups) => removeNames(url, prefix, groups),
  };
}
