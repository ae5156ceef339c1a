/** What may be expected to go wrong with a change, by kind, with its facts. */
export interface Problems {
  /** `field` is the path of the argument, such as `input.variants.0.sku`. */
  readonly 'invalid-input': { readonly field: string; readonly message: string };
  readonly 'slug-taken': { readonly slug: string };
  readonly 'sku-taken': { readonly sku: string };
  readonly 'facet-code-taken': { readonly facetCode: string };
  readonly 'product-not-found': { readonly productId: string };
  readonly 'variant-not-found': { readonly variantId: string };
  readonly 'collection-not-found': { readonly collectionId: string };
  readonly 'facet-not-found': { readonly facetId: string };
  readonly 'stale-version': { readonly expectedVersion: number; readonly currentVersion: number };
}

export type ProblemKind = keyof Problems;

/** A problem of one of these kinds; `problem` tells which. */
export type Problem<Kind extends ProblemKind = ProblemKind> = {
  [K in Kind]: { readonly problem: K } & Problems[K];
}[Kind];

/** What came of a change: the id of what was changed, or a problem, and then nothing was changed. */
export type Outcome<Kind extends ProblemKind> =
  | { readonly problem: null; readonly id: string }
  | Problem<Kind>;
