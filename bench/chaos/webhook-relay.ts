import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Stands between a payment provider and payments, and delivers as a bad network does. */
export interface WebhookRelay {
  /** Where the provider sends to. */
  readonly url: string;
  /** Where what comes is passed on to; what comes before is kept. */
  passOnTo(url: string): void;
  /** How many different webhooks came, and how many were delivered in all. */
  counts(): { readonly webhooks: number; readonly deliveries: number };
  /** Resolves when all has been delivered. */
  stop(): Promise<void>;
}

/** Within this time a webhook has come for the last time. */
const longestDelayMs = 2_000;

/** @param times how often each webhook is delivered: half of them once at once, the others at any moment */
export async function webhookRelay(times: number): Promise<WebhookRelay> {
  let passOnTo: (url: string) => void = () => {};
  const target = new Promise<string>((resolve) => {
    passOnTo = resolve;
  });
  const underWay = new Set<Promise<void>>();
  let webhooks = 0;
  let deliveries = 0;
  const deliver = async (body: Buffer, headers: Record<string, string>, delayMs: number) => {
    const url = await target;
    await sleep(delayMs);
    const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
    if (!response.ok) throw new Error(`A webhook was answered with ${response.status}`);
    deliveries += 1;
  };
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      webhooks += 1;
      const body = Buffer.concat(parts);
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(
          (entry): entry is [string, string] =>
            typeof entry[1] === 'string' && /^content-type$|signature$/.test(entry[0]),
        ),
      );
      const isAtOnce = webhooks % 2 === 0;
      for (let time = isAtOnce ? 1 : 0; time < times; time += 1) {
        const delivery = deliver(body, headers, Math.random() * longestDelayMs);
        underWay.add(delivery);
        delivery.finally(() => underWay.delete(delivery)).catch(() => {});
      }
      // The provider may not have answered payments yet.
      if (isAtOnce) await deliver(body, headers, 0).catch(() => {});
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passOnTo,
    counts: () => ({ webhooks, deliveries }),
    async stop() {
      await Promise.allSettled([...underWay]);
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
