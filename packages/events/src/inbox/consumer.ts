import type { EventDefinition } from '../define-event.ts';
import type { EventMessage } from '../event-message.ts';

/** An event as a consumer gets it: its payload has been parsed. */
export interface ConsumedEvent<Payload> extends EventMessage {
  readonly payload: Payload;
}

export interface ConsumerOptions<Payload, Context, App> {
  /** Kebab-case, such as `confirm-by-mail`; never changed, as what was handled is remembered under it. */
  readonly name: string;
  /**
   * Has the effect. `context.em` is inside the transaction in which the event is marked as handled, and acts as the
   * service: what is written with it is written once, or not at all when this throws. It is called again then, later.
   */
  readonly handle: (context: Context, event: ConsumedEvent<Payload>, app: App) => Promise<void>;
  /**
   * False for an effect outside the database, such as a mail: no transaction is held while it takes its time. It happens
   * at least once; `event.id` is its idempotency key.
   */
  readonly isTransactional?: boolean;
  /**
   * Of several events, those about which there is anything to be done, where one question to the database can tell: the others are
   * handled with that. Asked about the oldest events of aggregates, any number at once; `handle` may still be given one that was not asked about.
   */
  readonly concerned?: (
    events: readonly ConsumedEvent<Payload>[],
    app: App,
  ) => Promise<readonly ConsumedEvent<Payload>[]>;
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
  readonly accept: (event: EventMessage) => (context: Context, app: App) => Promise<void>;
  /** Those of several events that nothing is to be done about; absent where that cannot be told. */
  readonly unconcerned?: <Event extends EventMessage>(events: readonly Event[], app: App) => Promise<Event[]>;
}

/**
 * Declares a consumer, for `consumers` of a subgraph.
 * @throws {Error} at boot, when the name is not kebab-case
 */
export function consume<Payload, Context, App>(
  definition: EventDefinition<Payload>,
  { name, handle, isTransactional = true, concerned }: ConsumerOptions<Payload, Context, App>,
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
      return (context, app) => handle(context, { ...event, payload }, app);
    },
    ...(concerned === undefined ? {} : { unconcerned: unconcernedBy(definition, concerned) }),
  };
}

function unconcernedBy<Payload, App>(
  { payload: form }: EventDefinition<Payload>,
  concerned: NonNullable<ConsumerOptions<Payload, unknown, App>['concerned']>,
) {
  return async <Event extends EventMessage>(events: readonly Event[], app: App): Promise<Event[]> => {
    // One that has not the form is left to whoever handles it.
    const read = events.flatMap((event) => {
      const { success, data } = form.safeParse(event.payload);
      return success ? [{ event, consumed: { ...event, payload: data } }] : [];
    });
    const left = new Set(
      (
        await concerned(
          read.map(({ consumed }) => consumed),
          app,
        )
      ).map(({ id }) => id),
    );
    return read.filter(({ event }) => !left.has(event.id)).map(({ event }) => event);
  };
}
