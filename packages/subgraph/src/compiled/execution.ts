import type { GraphQLResolveInfo } from 'graphql';

/** A value was not as the schema says: a compiled query gives up, as it is for graphql-js to tell what is wrong. */
export class NotAsExpected extends Error {}

/** What a resolver is given beside the object and the context. */
export interface Given {
  readonly args: Readonly<Record<string, unknown>>;
  readonly info: GraphQLResolveInfo;
}

/** Shapes a value that was resolved as its type says. What it gives may be awaited: see {@link Execution.settle}. */
export type Complete = (value: unknown, execution: Execution) => unknown;

type Place = Record<string | number, unknown>;

/** Stands where a value will be. */
class Awaited {
  place: Place | null = null;
  key: string | number = '';
}

/** One execution of a compiled query. */
export class Execution {
  readonly context: unknown;
  readonly variables: Record<string, unknown>;
  /** What the resolver of each field is given, from its first call on. */
  readonly given: Given[] = [];
  /** How many awaited values have not been told their place. */
  #unsettled = 0;
  #underWay = 0;
  #hasFailed = false;
  #end = () => {};

  constructor(context: unknown, variables: Record<string, unknown>) {
    this.context = context;
    this.variables = variables;
  }

  get hasUnsettled(): boolean {
    return this.#unsettled > 0;
  }

  /** Has the whole execution come to nothing. */
  fail(): null {
    this.#hasFailed = true;
    return null;
  }

  /**
   * @param complete does not throw
   * @returns what stands for the completed value, to be settled by the object or list that it is put into
   */
  later(promise: PromiseLike<unknown>, complete: Complete): unknown {
    const awaited = new Awaited();
    this.#unsettled += 1;
    this.#underWay += 1;
    const take = (value: unknown) => {
      const completed = complete(value, this);
      if (awaited.place !== null) awaited.place[awaited.key] = completed;
      this.#ended();
    };
    const fail = () => {
      this.fail();
      this.#ended();
    };
    // Never at once, as it has no place yet.
    Promise.resolve(promise).then(take, fail);
    return awaited;
  }

  /** Has what is awaited in an object or list put there once it has come. */
  settle(holder: object): void {
    const place = holder as Place;
    for (const key in place) {
      const value = place[key];
      if (!(value instanceof Awaited)) continue;
      value.place = place;
      value.key = key;
      this.#unsettled -= 1;
    }
  }

  /** Waits until all that is awaited has come. Gives whether nothing failed. */
  async hasSucceeded(): Promise<boolean> {
    if (this.#underWay > 0)
      await new Promise<void>((resolve) => {
        this.#end = resolve;
      });
    return !this.#hasFailed;
  }

  #ended(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#end();
  }
}
