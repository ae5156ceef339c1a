import type { EntityManager, Loader } from '@stoa/database';
import type { RequestScope } from '@stoa/subgraph';
import { type AddressRow, addressBookLoader, addressLoader } from './addresses/find-addresses.ts';
import type { App, calls } from './app.ts';
import { roleLoader, type UserRow, userLoader } from './users/find-users.ts';
import type { Role } from './users/roles.ts';

/** What is read in batches, each thing once. */
interface Loaders {
  readonly users: Loader<string, UserRow | null>;
  readonly roles: Loader<string, readonly { userId: string; role: Role }[]>;
  readonly addresses: Loader<string, AddressRow | null>;
  readonly addressBooks: Loader<string, readonly AddressRow[]>;
}

/** What a request has. */
export interface Context extends RequestScope<typeof calls>, App {
  /** Replaced by `loadAnew` after a write. */
  load: Loaders;
}

export function createContext(scope: RequestScope<typeof calls>, app: App): Context {
  return { ...scope, ...app, load: createLoaders(scope.em) };
}

/** Forgets what was read, since a mutation has written to it: the next mutation of the same operation must not answer with it. */
export function loadAnew(context: Context): void {
  context.load = createLoaders(context.em);
}

function createLoaders(em: EntityManager): Loaders {
  return {
    users: userLoader(em),
    roles: roleLoader(em),
    addresses: addressLoader(em),
    addressBooks: addressBookLoader(em),
  };
}
