import { type Broker, type Listening, type Subscription, unavailable } from './broker.ts';

interface Group {
  readonly name: string;
  readonly types: Set<string>;
  readonly members: Subscription[];
  /** Ends when what was given to the group so far was taken. */
  taken: Promise<void>;
}

/**
 * A broker for one process. It keeps nothing: an event is published when each group has received it, which is to say
 * that it is in the consumers' inboxes, so that it is always in one database or the other.
 */
export function createInMemoryBroker(): Broker {
  const groups = new Map<string, Group>();
  const listeners = new Set<Listening>();

  const groupOf = (name: string): Group => {
    const found = groups.get(name);
    if (found !== undefined) return found;
    const group: Group = { name, types: new Set(), members: [], taken: Promise.resolve() };
    groups.set(name, group);
    return group;
  };

  return {
    async publish(events) {
      const given = await Promise.allSettled(
        [...groups.values()].map(async (group) => {
          const wanted = events.filter(({ type }) => group.types.has(type));
          if (wanted.length > 0) await inTurn(group, (member) => member.receive(wanted));
        }),
      );
      const failed = given.find((outcome) => outcome.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      for (const event of events)
        for (const { types, hear } of listeners) if (types.includes(event.type)) hear(event);
    },
    async subscribe(subscription) {
      const group = groupOf(subscription.group);
      for (const type of subscription.types) group.types.add(type);
      group.members.push(subscription);
      return {
        async stop() {
          const index = group.members.indexOf(subscription);
          if (index >= 0) group.members.splice(index, 1);
          await group.taken;
        },
      };
    },
    async listen(listening) {
      listeners.add(listening);
      return {
        async stop() {
          listeners.delete(listening);
        },
      };
    },
    async close() {},
  };
}

/** One publisher after the other, so that what one relay publishes first is received first. */
function inTurn(group: Group, receive: (member: Subscription) => Promise<void>): Promise<void> {
  const turn = group.taken.then(async () => {
    const [member] = group.members;
    if (member === undefined) throw unavailable(`Nobody of ${group.name} runs`);
    try {
      await receive(member);
    } catch (error) {
      throw unavailable(`${group.name} could not take its events`, error);
    }
  });
  group.taken = turn.catch(() => {});
  return turn;
}
