import type {
  CollectionNotFoundError,
  FacetCodeTakenError,
  FacetNotFoundError,
  InvalidInputError,
  ProductNotFoundError,
  SkuTakenError,
  SlugTakenError,
  StaleVersionError,
  VariantNotFoundError,
} from './__generated__/resolvers-types.ts';
import type { Problem, ProblemKind } from './problem.ts';

/** A member of a result union, which has to say what it is. */
type Told<Error extends { __typename?: string }> = Error & Required<Pick<Error, '__typename'>>;

interface UserErrors {
  'invalid-input': Told<InvalidInputError>;
  'slug-taken': Told<SlugTakenError>;
  'sku-taken': Told<SkuTakenError>;
  'facet-code-taken': Told<FacetCodeTakenError>;
  'product-not-found': Told<ProductNotFoundError>;
  'variant-not-found': Told<VariantNotFoundError>;
  'collection-not-found': Told<CollectionNotFoundError>;
  'facet-not-found': Told<FacetNotFoundError>;
  'stale-version': Told<StaleVersionError>;
}

const userErrors: { readonly [Kind in ProblemKind]: (problem: Problem<Kind>) => UserErrors[Kind] } = {
  'invalid-input': ({ field, message }) => ({
    __typename: 'InvalidInputError',
    code: 'INVALID_INPUT',
    message,
    field,
  }),
  'slug-taken': ({ slug }) => ({
    __typename: 'SlugTakenError',
    code: 'SLUG_TAKEN',
    message: `The slug ${slug} is taken`,
    slug,
  }),
  'sku-taken': ({ sku }) => ({
    __typename: 'SkuTakenError',
    code: 'SKU_TAKEN',
    message: `The stock-keeping unit ${sku} is taken`,
    sku,
  }),
  'facet-code-taken': ({ facetCode }) => ({
    __typename: 'FacetCodeTakenError',
    code: 'FACET_CODE_TAKEN',
    message: `The facet ${facetCode} exists already`,
    facetCode,
  }),
  'product-not-found': ({ productId }) => ({
    __typename: 'ProductNotFoundError',
    code: 'PRODUCT_NOT_FOUND',
    message: `There is no product ${productId}`,
    productId,
  }),
  'variant-not-found': ({ variantId }) => ({
    __typename: 'VariantNotFoundError',
    code: 'VARIANT_NOT_FOUND',
    message: `There is no variant ${variantId}`,
    variantId,
  }),
  'collection-not-found': ({ collectionId }) => ({
    __typename: 'CollectionNotFoundError',
    code: 'COLLECTION_NOT_FOUND',
    message: `There is no collection ${collectionId}`,
    collectionId,
  }),
  'facet-not-found': ({ facetId }) => ({
    __typename: 'FacetNotFoundError',
    code: 'FACET_NOT_FOUND',
    message: `There is no facet ${facetId}`,
    facetId,
  }),
  'stale-version': ({ expectedVersion, currentVersion }) => ({
    __typename: 'StaleVersionError',
    code: 'STALE_VERSION',
    message: `Expected version ${expectedVersion}, found ${currentVersion}: read it again, then change it`,
    currentVersion,
  }),
};

/** A problem as the schema tells it. */
export function toUserError<Kind extends ProblemKind>(problem: Problem<Kind>): UserErrors[Kind] {
  const translate: (problem: Problem<Kind>) => UserErrors[Kind] = userErrors[problem.problem];
  return translate(problem);
}
