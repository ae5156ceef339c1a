import type { EventDefinition } from '../define-event.ts';
import type { EventMessage } from '../event-message.ts';

/** An event as a consumer gets it: its payload has been parsed. */
export interface ConsumedEvent<Payload> extends EventMessage {
  readonly payload: Payload;
}

export interface ConsumerOptions<Payload, Context, App, Ahead = undefined> {
  /** Kebab-case, such as `confirm-by-mail`; never changed, as what was handled is remembered under it. */
  readonly name: string;
  /**
   * Has the effect. `context.em` is inside the transaction in which the event is marked as handled, and acts as the
   * service: what is written with it is written once, or not at all when this throws. It is called again then, later.
   * `ahead` is what was read ahead of it, before any transaction; undefined where nothing was.
   */
  readonly handle: (
    context: Context,
    event: ConsumedEvent<Payload>,
    app: App,
    ahead: Ahead | undefined,
  ) => Promise<void>;
  /**
   * False for an effect outside the database, such as a mail: no transaction is held while it takes its time. It happens
   * at least once; `event.id` is its idempotency key.
   */
  readonly isTransactional?: boolean;
  /**
   * Reads by one question what several events need, by their ids: an event that is left out needs nothing, and is handled with that. Asked
   * about the oldest events of aggregates, any number at once; `handle` may still be given one that was not asked about.
   */
  readonly ahead?: (
    events: readonly ConsumedEvent<Payload>[],
    app: App,
  ) => Promise<ReadonlyMap<string, Ahead>>;
}

/** What a subgraph does when something has happened, there or elsewhere. */
export interface Consumer<Context, App> {
  readonly name: string;
  readonly type: string;
  readonly isTransactional: boolean;
  /**
   * Parses the payload and gives what is to be done about it.
   * @throws {ZodError} when the payload has not the event's form
   */
  readonly accept: (event: EventMessage) => (context: Context, app: App, ahead?: unknown) => Promise<void>;
  /**
   * What several events need, by their ids, null for one that needs nothing; an event that is not named is left to whoever handles it.
   * Absent where that is not read ahead.
   */
  readonly readAhead?: (events: readonly EventMessage[], app: App) => Promise<ReadonlyMap<string, unknown>>;
}

/**
 * Declares a consumer, for `consumers` of a subgraph.
 * @throws {Error} at boot, when the name is not kebab-case
 */
export function consume<Payload, Context, App, Ahead = undefined>(
  definition: EventDefinition<Payload>,
  { name, handle, isTransactional = true, ahead }: ConsumerOptions<Payload, Context, App, Ahead>,
): Consumer<Context, App> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(`Expected a consumer's name such as confirm-by-mail, found ${JSON.stringify(name)}`);
  }
  return {
    name,
    type: definition.type,
    isTransactional,
    accept(event) {
      const payload = definition.payload.parse(event.payload);
      return (context, app, known) => handle(context, { ...event, payload }, app, known as Ahead | undefined);
    },
    ...(ahead === undefined ? {} : { readAhead: aheadBy(definition, ahead) }),
  };
}

function aheadBy<Payload, App, Ahead>(
  { payload: form }: EventDefinition<Payload>,
  ahead: NonNullable<ConsumerOptions<Payload, unknown, App, Ahead>['ahead']>,
): NonNullable<Consumer<unknown, App>['readAhead']> {
  return async (events, app) => {
    // One that has not the form is left to whoever handles it.
    const read = events.flatMap((event) => {
      const { success, data } = form.safeParse(event.payload);
      return success ? [{ ...event, payload: data }] : [];
    });
    const known = await ahead(read, app);
    return new Map(read.map(({ id }) => [id, known.get(id) ?? null]));
  };
}
