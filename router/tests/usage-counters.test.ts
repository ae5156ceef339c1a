import type { RecordedOperation } from '@stoa/usage';
import { describe, expect, it } from 'vitest';
import { usageCounters } from '../src/usage/usage-counters.ts';

const noon = new Date('2026-11-24T12:00:00Z');
const nextDay = new Date('2026-11-25T00:00:01Z');
const limits = { maxOperations: 100, maxClients: 100, maxCounters: 100, longestBody: 1_000 };
const web = { name: 'web', version: '1' };

function operation(name: string, body = `query ${name} { whoami }`): RecordedOperation {
  return { id: name, name, kind: 'query', body, coordinates: ['Query.whoami'] };
}

describe('the counters of use', () => {
  it('give a batch once, with an operation in the first that counts it', () => {
    const counters = usageCounters(limits);
    expect(counters.take()).toBeNull();
    counters.add(operation('A'), [], web, noon);
    counters.add(operation('A'), [], web, noon);
    expect(counters.take()).toEqual({
      operations: [operation('A')],
      counts: [{ client: web, operationId: 'A', day: '2026-11-24', count: 2, lastSeen: noon }],
      inputs: [],
      others: [],
    });
    expect(counters.take()).toBeNull();
    counters.add(operation('A'), [], web, noon);
    expect(counters.take()).toMatchObject({ operations: [], counts: [{ count: 1 }] });
  });

  it('lose nothing of a batch that could not be written', () => {
    const counters = usageCounters(limits);
    counters.add(operation('A'), ['Sort.NEWEST'], web, noon);
    const lost = counters.take();
    counters.add(operation('A'), [], web, noon);
    if (lost) counters.putBack(lost);
    expect(counters.take()).toMatchObject({
      operations: [operation('A')],
      counts: [{ count: 2 }],
      inputs: [{ operationId: 'A', coordinate: 'Sort.NEWEST', lastSeen: noon }],
    });
  });

  it('count days apart, and tell operations apart anew each day', () => {
    const counters = usageCounters({ ...limits, maxOperations: 1 });
    counters.add(operation('A'), [], web, noon);
    counters.add(operation('B'), [], web, noon);
    counters.take();
    counters.add(operation('B'), [], web, nextDay);
    expect(counters.take()).toMatchObject({
      operations: [operation('B')],
      counts: [{ operationId: 'B', day: '2026-11-25' }],
      others: [],
    });
  });

  it('hold no more operations while none can be written, however many days that takes', () => {
    const counters = usageCounters({ ...limits, maxOperations: 1 });
    counters.add(operation('A'), [], web, noon);
    counters.add(operation('B'), [], web, nextDay);
    expect(counters.take()?.operations).toEqual([operation('A')]);
  });

  it('do not keep a text that is too long, yet count its fields', () => {
    const counters = usageCounters({ ...limits, longestBody: 10 });
    counters.add(operation('A'), ['Sort.NEWEST'], web, noon);
    expect(counters.take()).toMatchObject({
      operations: [],
      counts: [],
      others: [
        { client: web, coordinate: null, count: 1 },
        { client: web, coordinate: 'Query.whoami', count: 1 },
        { client: web, coordinate: 'Sort.NEWEST', count: 1 },
      ],
    });
  });

  it('make one client of those beyond the bound', () => {
    const counters = usageCounters({ ...limits, maxClients: 2 });
    for (const name of ['a', 'b', 'c', 'd']) counters.add(operation('A'), [], { name, version: null }, noon);
    const counts = counters.take()?.counts.map(({ client, count }) => [client.name, count]);
    expect(counts).toEqual([
      ['a', 1],
      ['b', 1],
      ['other', 2],
    ]);
  });

  it('stay within their bound in number, and still count everything', () => {
    const counters = usageCounters({ ...limits, maxCounters: 10 });
    for (let n = 0; n < 90; n += 1) {
      counters.add(operation(`Op${n % 5}`), [`Input.field${n}`], { name: `c${n}`, version: null }, noon);
    }
    const batch = counters.take();
    expect(batch?.counts.length).toBeLessThanOrEqual(10 + 5);
    expect(batch?.counts.reduce((sum, { count }) => sum + count, 0)).toBe(90);
    expect(batch?.inputs).toHaveLength(10);
    const inputs = [...(batch?.inputs ?? []), ...(batch?.others ?? [])].map(({ coordinate }) => coordinate);
    expect(new Set(inputs).size).toBe(90);
  });
});
