import { expect, it, vi } from 'vitest';
import { createInMemoryBroker, defineEvent, type EventMessage, listenLive, z } from '../src/index.ts';

const renamed = defineEvent('note.renamed.v1', z.object({ noteId: z.string() }));
const removed = defineEvent('note.removed.v1', z.object({ noteId: z.string() }));
let made = 0;
const event = (type: string, payload: object): EventMessage => {
  made += 1;
  return { id: `e-${made}`, type, aggregateId: 'n-1', requestId: 'r-1', occurredAt: new Date(), payload };
};

async function listening() {
  const broker = createInMemoryBroker();
  return { broker, live: await listenLive([renamed.type, removed.type], broker) };
}

it('hears the events that are wanted, in order', async () => {
  const { broker, live } = await listening();
  const heard = live.hear([renamed, removed], ({ noteId }) => noteId === 'n-1');
  await broker.publish([
    event(renamed.type, { noteId: 'n-1' }),
    event(renamed.type, { noteId: 'n-2' }),
    event(renamed.type, { note: 'n-1' }),
    event(removed.type, { noteId: 'n-1' }),
  ]);
  expect((await heard.next()).value).toMatchObject({ type: renamed.type, payload: { noteId: 'n-1' } });
  expect((await heard.next()).value).toMatchObject({ type: removed.type, payload: { noteId: 'n-1' } });
});

it('hears nothing of what happened before, nor after it was given up', async () => {
  const { broker, live } = await listening();
  await broker.publish([event(renamed.type, { noteId: 'n-1' })]);
  const wants = vi.fn(() => true);
  const heard = live.hear([renamed], wants);
  await broker.publish([event(renamed.type, { noteId: 'n-2' })]);
  await heard.return();
  await broker.publish([event(renamed.type, { noteId: 'n-3' })]);
  expect(wants.mock.calls).toEqual([[{ noteId: 'n-2' }]]);
  expect((await heard.next()).done).toBe(true);
});

it('fails for a reader that is too slow', async () => {
  const { broker, live } = await listening();
  const heard = live.hear([renamed], () => true);
  await broker.publish(Array.from({ length: 1_002 }, () => event(renamed.type, { noteId: 'n-1' })));
  for (let read = 0; read < 1_000; read += 1) expect((await heard.next()).done).toBe(false);
  await expect(heard.next()).rejects.toMatchObject({ code: 'STREAM_TOO_SLOW' });
});

it('tells that events may have been missed', async () => {
  let missed = () => {};
  const live = await listenLive([renamed.type], {
    ...createInMemoryBroker(),
    async listen(listening) {
      missed = listening.missed;
      return { stop: async () => {} };
    },
  });
  const heard = live.hear([renamed], () => false);
  missed();
  expect(await heard.next()).toEqual({ done: false, value: null });
});

it('ends with the process, and for those who come later', async () => {
  const { live } = await listening();
  const heard = live.hear([renamed], () => true).next();
  await live.stop();
  expect((await heard).done).toBe(true);
  expect((await live.hear([renamed], () => true).next()).done).toBe(true);
});

it('refuses what the process does not hear', async () => {
  const live = await listenLive([renamed.type], createInMemoryBroker());
  expect(() => live.hear([removed], () => true)).toThrow('Expected note.removed.v1 among');
});
