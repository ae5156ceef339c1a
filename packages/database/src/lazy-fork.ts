import type { SqlEntityManager } from '@mikro-orm/knex';

/** What MikroORM makes for each entity manager, to keep entities in. It reads them by these names. */
const parts = ['unitOfWork', 'entityFactory', 'entityLoader', 'refLoader', 'colLoader', 'colLoaderMtoN'];

const source = Symbol('source');
const whole = Symbol('whole');

type Lazy = SqlEntityManager & {
  /** What it is a fork of. */
  readonly [source]?: SqlEntityManager;
  [whole]?: SqlEntityManager;
};

/** By the entity manager that they are forks of. */
const prototypes = new WeakMap<SqlEntityManager, object>();

/**
 * A fork that makes what it needs for entities when it is first asked about some. MikroORM makes some forty objects for each fork, which
 * for a request or a transaction that takes rows alone (`rowsOf`) were a good part of what it cost.
 * @param em of a database, or a fork of it
 * @param context of the transaction that it is in
 */
export function lazyFork(em: SqlEntityManager, context?: object): SqlEntityManager {
  const from = (em as Lazy)[source] ?? em;
  let prototype = prototypes.get(from);
  if (prototype === undefined) {
    prototype = prototypeOf(from);
    prototypes.set(from, prototype);
  }
  const fork: Lazy = Object.create(prototype);
  fork.setTransactionContext(context);
  return fork;
}

/** Whether entities were asked for. */
export function isWhole(fork: SqlEntityManager): boolean {
  return Object.hasOwn(fork, whole);
}

function prototypeOf(em: SqlEntityManager): object {
  const wholeOf = (fork: Lazy): SqlEntityManager => {
    const made = fork[whole] ?? em.fork();
    fork[whole] = made;
    // MikroORM sets and deletes this of the fork as transactions begin and end.
    made.setTransactionContext(fork.getTransactionContext());
    return made;
  };
  const lazyParts = parts.map((part) => [
    part,
    {
      get(this: Lazy): unknown {
        return Reflect.get(wholeOf(this), part);
      },
    },
  ]);
  return Object.create(em, {
    ...Object.fromEntries(lazyParts),
    // Neither the one that all share nor one that asks who is at work.
    [source]: { value: em },
    useContext: { value: false },
    global: { value: false },
  });
}
