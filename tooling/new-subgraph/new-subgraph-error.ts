/** Why a subgraph was not made; nothing was written. */
export class NewSubgraphError extends Error {
  override readonly name = 'NewSubgraphError';
}
