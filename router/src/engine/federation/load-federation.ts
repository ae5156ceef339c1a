type Federation = typeof import('./read-federated.ts');

let loaded: Federation | undefined;

/**
 * Loads Apollo's libraries for supergraphs and plans, a twentieth of a start: who reads a supergraph that was read before, and finds the plans of
 * its operations, does without them.
 */
export async function loadFederation(): Promise<void> {
  loaded ??= await import('./read-federated.ts');
}

/** @throws {Error} when they have not been loaded */
export function loadedFederation(): Federation {
  if (loaded === undefined) throw new Error('Expected loadFederation() to have been awaited');
  return loaded;
}
