/** What a change of the API schema means to clients that were written before it. */
export type ChangeLevel = 'breaking' | 'dangerous' | 'safe';

/** One difference between two API schemas. */
export interface SchemaChange {
  readonly level: ChangeLevel;
  /** As @graphql-inspector calls it, for example FIELD_REMOVED. */
  readonly code: string;
  /**
   * What changed: `Product.name`, `Query.product(id:)`, `OrderState.PAID`, `@cached(ttl:)`. A member of a union is
   * `SearchItem.Product`, an interface of a type `Product.Node`.
   */
  readonly coordinate: string;
  readonly message: string;
  /** Why it has its level; null when that goes without saying. */
  readonly reason: string | null;
}
