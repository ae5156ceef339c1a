import { createLogger } from '@stoa/telemetry';
import { describe, expect, it, vi } from 'vitest';
import { startStreaming } from './start-streaming.ts';

/** A router that plans in a thread, and what it says of its planner. */
async function planningInThread() {
  const logger = createLogger({ name: 'router', level: 'silent' });
  const logged = vi.spyOn(logger, 'error');
  const started = await startStreaming({ environment: { ROUTER_PLANNING: 'thread' }, logger });
  return { ...started, logged };
}

describe('an operation that is answered in parts, planned in a thread', () => {
  it('has its deferred fragments later, under the labels of the client', async () => {
    const { ask, logged } = await planningInThread();
    const { text } = await ask(
      { query: '{ now last { number ... @defer(label: "n") { name } } }' },
      { accept: 'multipart/mixed;deferSpec=20220824' },
    );
    const parts = await text.end();
    expect(parts).toContain('{"data":{"now":7,"last":{"number":5}},"hasNext":true}');
    expect(parts).toContain(
      '{"incremental":[{"label":"n","path":["last"],"data":{"name":"tick 5"}}],"hasNext":false}',
    );
    expect(logged).not.toHaveBeenCalled();
  });

  it('answers each event from all subgraphs', async () => {
    const { ask, subscription, logged } = await planningInThread();
    const { text } = await ask({ query: 'subscription { ticked { number name } }' });
    (await subscription()).tick(3);
    expect(await text.until(/next/)).toContain('{"data":{"ticked":{"number":3,"name":"tick 3"}}}');
    expect(logged).not.toHaveBeenCalled();
  });
});
