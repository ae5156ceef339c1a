/** An edit of one of Stoa's schemas after which the subgraphs no longer compose. */
export interface FailingEdit {
  readonly code: string;
  readonly title: string;
  readonly subgraph: string;
  readonly edit: (sdl: string) => string;
  /** Whether the library says a line, or only the subgraph, as for links and root types. */
  readonly isWhere?: 'line' | 'file';
}

/** Replaces the first place that fits, and imports the directives of federation that come with it. */
function replace(from: string | RegExp, to: string): FailingEdit['edit'] {
  return (sdl) => withImports(sdl, sdl.replace(from, to), to);
}

function append(text: string): FailingEdit['edit'] {
  return (sdl) => withImports(sdl, `${sdl}\n${text}\n`, text);
}

/** Appends and takes another version of the federation specification. */
function appendBy(version: string, text: string): FailingEdit['edit'] {
  return (sdl) => append(text)(sdl).replace(/federation\/v2\.\d+/, `federation/${version}`);
}

function withImports(before: string, after: string, text: string): string {
  const imported = /import:\s*\[([^\]]*)\]/.exec(before)?.[1] ?? '';
  const missing = [...new Set([...text.matchAll(/@([a-z]\w+)/gi)].map(([directive]) => directive))].filter(
    (directive) => ofFederation.has(directive) && !imported.includes(`"${directive}"`),
  );
  return after.replace('"@key"', ['@key', ...missing].map((name) => `"${name}"`).join(', '));
}

const ofFederation = new Set(
  '@authenticated @composeDirective @context @cost @external @fromContext @inaccessible @interfaceObject @listSize @override @provides @requires @shareable @tag'.split(
    ' ',
  ),
);

const userInOrders = 'type User @key(fields: "id") {';
const variantInOrders = 'type ProductVariant @key(fields: "id", resolvable: false) {';
const requires = '@requires(fields: "variants { id }")';
const price = 'external: Int @requires(fields: "price { net { amount } }")';
const codeOfUserError = /interface UserError \{\n(.*)\n\s+code: ErrorCode!/;

export const editsThatFail: readonly FailingEdit[] = [
  // The schema by itself.
  {
    code: 'INVALID_GRAPHQL',
    title: 'it does not parse',
    subgraph: 'orders',
    edit: replace('type Cart @key', 'type Cart @@key'),
  },
  {
    code: 'INVALID_GRAPHQL',
    title: 'a type is unknown',
    subgraph: 'orders',
    edit: replace('buyer: User', 'buyer: Somebody'),
  },
  {
    code: 'DIRECTIVE_DEFINITION_INVALID',
    title: "a directive of federation's is defined otherwise",
    subgraph: 'accounts',
    edit: append('directive @shareable on SCALAR'),
  },
  {
    code: 'TYPE_DEFINITION_INVALID',
    title: "a type of federation's is defined otherwise",
    subgraph: 'accounts',
    edit: append('type federation__FieldSet { a: Int }'),
    isWhere: 'file',
  },
  {
    code: 'UNKNOWN_FEDERATION_LINK_VERSION',
    title: 'it links a version that does not exist',
    subgraph: 'accounts',
    edit: replace(/federation\/v2\.\d+/, 'federation/v2.99'),
  },
  {
    code: 'INVALID_LINK_IDENTIFIER',
    title: 'it links what is no version',
    subgraph: 'accounts',
    edit: append('extend schema @link(url: "https://example.com/foo/version1")'),
    isWhere: 'file',
  },
  {
    code: 'INVALID_LINK_DIRECTIVE_USAGE',
    title: 'it imports a directive that does not exist',
    subgraph: 'accounts',
    edit: replace('"@key"', '"@keys"'),
  },
  {
    code: 'LINK_IMPORT_NAME_MISMATCH',
    title: 'it imports a directive by another name than the others',
    subgraph: 'accounts',
    edit: (sdl) => sdl.replace('"@tag"', '{ name: "@tag", as: "@label" }').replaceAll('@tag(', '@label('),
    isWhere: 'file',
  },
  {
    code: 'ROOT_QUERY_USED',
    title: 'another type is the root of queries',
    subgraph: 'accounts',
    edit: append('schema { query: Reads } type Reads { a: Int }'),
  },
  {
    code: 'ROOT_MUTATION_USED',
    title: 'another type is the root of mutations',
    subgraph: 'accounts',
    edit: append('schema { query: Query mutation: Writes } type Writes { a: Int }'),
  },
  {
    code: 'ROOT_SUBSCRIPTION_USED',
    title: 'another type is the root of subscriptions',
    subgraph: 'accounts',
    edit: append(
      'schema { query: Query mutation: Mutation subscription: News } type News { a: Int } type Subscription { b: Int }',
    ),
  },
  {
    code: 'DIRECTIVE_COMPOSITION_ERROR',
    title: 'it composes a directive that does not exist',
    subgraph: 'accounts',
    edit: append('extend schema @composeDirective(name: "@nothing")'),
  },

  // Keys.
  {
    code: 'KEY_INVALID_FIELDS_TYPE',
    title: 'a key is no string',
    subgraph: 'accounts',
    edit: replace('type User @key(fields: "id")', 'type User @key(fields: ["id"])'),
  },
  {
    code: 'KEY_INVALID_FIELDS',
    title: 'a key names an unknown field',
    subgraph: 'accounts',
    edit: replace('type User @key(fields: "id")', 'type User @key(fields: "number")'),
  },
  {
    code: 'KEY_DIRECTIVE_IN_FIELDS_ARG',
    title: 'a key has a directive inside',
    subgraph: 'accounts',
    edit: replace('type User @key(fields: "id")', 'type User @key(fields: "id @skip(if: true)")'),
  },
  {
    code: 'KEY_FIELDS_HAS_ARGS',
    title: 'a key names a field with arguments',
    subgraph: 'accounts',
    edit: append('type Thing @key(fields: "size") { size(unit: Int): Int }'),
  },
  {
    code: 'KEY_FIELDS_SELECT_INVALID_TYPE',
    title: 'a key goes through an interface',
    subgraph: 'accounts',
    edit: append('type Thing @key(fields: "error { code }") { error: UserError }'),
  },
  {
    code: 'KEY_UNSUPPORTED_ON_INTERFACE',
    title: 'an interface has a key before version 2.3',
    subgraph: 'accounts',
    edit: appendBy('v2.2', 'interface Thing @key(fields: "id") { id: ID! }'),
  },
  {
    code: 'INTERFACE_KEY_NOT_ON_IMPLEMENTATION',
    title: 'a type lacks the key of its interface',
    subgraph: 'accounts',
    edit: append('interface Thing @key(fields: "id") { id: ID! } type Ball implements Thing { id: ID! }'),
  },
  {
    code: 'INTERFACE_OBJECT_USAGE_ERROR',
    title: 'an interface object has no key',
    subgraph: 'orders',
    edit: append('type Thing @interfaceObject { a: Int }'),
  },

  // @requires, @provides and @external.
  {
    code: 'REQUIRES_INVALID_FIELDS_TYPE',
    title: '@requires names no fields',
    subgraph: 'pricing',
    edit: replace(requires, '@requires(fields: true)'),
  },
  {
    code: 'REQUIRES_INVALID_FIELDS',
    title: '@requires names an unknown field',
    subgraph: 'pricing',
    edit: replace(requires, '@requires(fields: "variants { colour }")'),
  },
  {
    code: 'REQUIRES_DIRECTIVE_IN_FIELDS_ARG',
    title: '@requires has a directive inside',
    subgraph: 'pricing',
    edit: replace(requires, '@requires(fields: "variants @skip(if: true) { id }")'),
  },
  {
    code: 'REQUIRES_FIELDS_MISSING_EXTERNAL',
    title: '@requires names a field of its own subgraph',
    subgraph: 'pricing',
    edit: replace(requires, '@requires(fields: "id")'),
  },
  {
    code: 'REQUIRES_UNSUPPORTED_ON_INTERFACE',
    title: '@requires is on an interface',
    subgraph: 'accounts',
    edit: append('interface Shelf { size: Int thing: Int @requires(fields: "size") }'),
  },
  {
    code: 'PROVIDES_INVALID_FIELDS_TYPE',
    title: '@provides names no fields',
    subgraph: 'orders',
    edit: replace('buyer: User\n', 'buyer: User @provides(fields: 1)\n'),
  },
  {
    code: 'PROVIDES_INVALID_FIELDS',
    title: '@provides names an unknown field',
    subgraph: 'orders',
    edit: replace('buyer: User\n', 'buyer: User @provides(fields: "shoeSize")\n'),
  },
  {
    code: 'PROVIDES_DIRECTIVE_IN_FIELDS_ARG',
    title: '@provides has a directive inside',
    subgraph: 'orders',
    edit: replace('buyer: User\n', 'buyer: User @provides(fields: "id @skip(if: true)")\n'),
  },
  {
    code: 'PROVIDES_FIELDS_MISSING_EXTERNAL',
    title: '@provides names a field of its own subgraph',
    subgraph: 'orders',
    edit: replace('variant: ProductVariant\n', 'variant: ProductVariant @provides(fields: "id")\n'),
  },
  {
    code: 'PROVIDES_FIELDS_HAS_ARGS',
    title: '@provides names a field with arguments',
    subgraph: 'accounts',
    edit: append(
      'type Shelf { thing: Thing @provides(fields: "size") } type Thing @key(fields: "id") { id: ID! size(unit: Int): Int @external }',
    ),
  },
  {
    code: 'PROVIDES_ON_NON_OBJECT_FIELD',
    title: '@provides is on a scalar',
    subgraph: 'orders',
    edit: replace('email: String\n', 'email: String @provides(fields: "x")\n'),
  },
  {
    code: 'PROVIDES_UNSUPPORTED_ON_INTERFACE',
    title: '@provides is on an interface',
    subgraph: 'accounts',
    edit: append(
      'interface Shelf { thing: Thing @provides(fields: "size") } type Thing @key(fields: "id") { id: ID! size: Int @external }',
    ),
  },
  {
    code: 'EXTERNAL_UNUSED',
    title: 'an external field is not used',
    subgraph: 'orders',
    edit: replace(userInOrders, `${userInOrders} name: String! @external`),
  },
  {
    code: 'EXTERNAL_MISSING_ON_BASE',
    title: 'an external field is nobody’s',
    subgraph: 'orders',
    edit: replace(userInOrders, `${userInOrders} shoe: Int @external big: Boolean @requires(fields: "shoe")`),
  },
  {
    code: 'EXTERNAL_ON_INTERFACE',
    title: 'a field of an interface is external',
    subgraph: 'accounts',
    edit: replace(codeOfUserError, 'interface UserError {\n$1\n  code: ErrorCode! @external'),
  },
  {
    code: 'EXTERNAL_COLLISION_WITH_ANOTHER_DIRECTIVE',
    title: 'an external field provides',
    subgraph: 'pricing',
    edit: replace(
      '[ProductVariant!]! @external',
      '[ProductVariant!]! @external @provides(fields: "taxCategory")',
    ),
  },
  {
    code: 'EXTERNAL_TYPE_MISMATCH',
    title: 'an external field has another type',
    subgraph: 'pricing',
    edit: replace('variants: [ProductVariant!]! @external', 'variants: [ProductVariant!] @external'),
  },
  {
    code: 'EXTERNAL_ARGUMENT_MISSING',
    title: 'an external field lacks the arguments',
    subgraph: 'orders',
    edit: replace(variantInOrders, `${variantInOrders} price: TaxedMoney @external ${price}`),
  },
  {
    code: 'EXTERNAL_ARGUMENT_TYPE_MISMATCH',
    title: 'an argument of an external field has another type',
    subgraph: 'orders',
    edit: replace(
      variantInOrders,
      `${variantInOrders} price(country: Int, currency: CurrencyCode): TaxedMoney @external ${price}`,
    ),
  },
  {
    code: 'EXTERNAL_ARGUMENT_DEFAULT_MISMATCH',
    title: 'an argument of an external field has another default',
    subgraph: 'orders',
    edit: replace(
      variantInOrders,
      `scalar CountryCode ${variantInOrders} price(country: CountryCode, currency: CurrencyCode = "EUR"): TaxedMoney @external ${price}`,
    ),
  },
  {
    code: 'MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL',
    title: 'an external field has a tag',
    subgraph: 'pricing',
    edit: replace(
      'variants: [ProductVariant!]! @external',
      'variants: [ProductVariant!]! @external @tag(name: "x")',
    ),
  },

  // What several subgraphs declare.
  {
    code: 'INVALID_FIELD_SHARING',
    title: 'two subgraphs own a field',
    subgraph: 'orders',
    edit: replace(userInOrders, `${userInOrders} name: String!`),
  },
  {
    code: 'INVALID_SHAREABLE_USAGE',
    title: 'a field of an interface is shareable',
    subgraph: 'accounts',
    edit: replace(codeOfUserError, 'interface UserError {\n$1\n  code: ErrorCode! @shareable'),
  },
  {
    code: 'FIELD_TYPE_MISMATCH',
    title: 'a shared field has another type',
    subgraph: 'payments',
    edit: replace(
      /type Money @shareable \{\n(.*)\n\s+amount: MinorUnits!/,
      'type Money @shareable {\n$1\n  amount: CurrencyCode!',
    ),
  },
  {
    code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
    title: 'an argument has another type',
    subgraph: 'orders',
    edit: replace('type Query {', 'type Query { variant(id: Int, sku: String): ProductVariant'),
  },
  {
    code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    title: 'an argument has another default',
    subgraph: 'orders',
    edit: replace(
      'type Query {',
      'enum ProductSort { NAME_ASC NEWEST } type Query { products(sort: ProductSort! = NEWEST): Int',
    ),
  },
  {
    code: 'INPUT_FIELD_DEFAULT_MISMATCH',
    title: 'an input field has another default',
    subgraph: 'catalog',
    edit: append('input CartLineInput { variantId: ID! quantity: Int! = 2 }'),
  },
  {
    code: 'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH',
    title: 'a shared field gets an argument that must be given',
    subgraph: 'payments',
    edit: replace(
      /type Money @shareable \{\n(.*)\n\s+amount: MinorUnits!/,
      'type Money @shareable {\n$1\n  amount(rounded: Boolean!): MinorUnits!',
    ),
  },
  {
    code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    title: 'a shared input gets a field that must be given',
    subgraph: 'payments',
    edit: replace(/input MoneyInput \{/, 'input MoneyInput { scale: Int!'),
  },
  {
    code: 'EMPTY_MERGED_INPUT_TYPE',
    title: 'a shared input has no field in common',
    subgraph: 'payments',
    edit: replace(/input MoneyInput \{[^}]*\}/, 'input MoneyInput { cents: Int }'),
  },
  {
    code: 'ENUM_VALUE_MISMATCH',
    title: 'a shared enum is also sent, and differs',
    subgraph: 'orders',
    edit: replace(/enum ErrorCode \{/, 'input ErrorFilter { code: ErrorCode } enum ErrorCode {'),
  },
  {
    code: 'EMPTY_MERGED_ENUM_TYPE',
    title: 'a shared enum has no value in common',
    subgraph: 'orders',
    edit: append('enum ProductSort { COLOUR } input SortInput { by: ProductSort }'),
  },
  {
    code: 'TYPE_KIND_MISMATCH',
    title: 'a type is an interface elsewhere',
    subgraph: 'orders',
    edit: append('interface Product { id: ID! }'),
  },
  {
    code: 'EXTENSION_WITH_NO_BASE',
    title: 'it extends a type that nobody has',
    subgraph: 'accounts',
    edit: append('extend type Planet { a: Int }'),
  },
  {
    code: 'INTERFACE_FIELD_NO_IMPLEM',
    title: 'an interface gets a field that the others’ types lack',
    subgraph: 'inventory',
    edit: (sdl) =>
      sdl.replace(
        /(interface UserError \{|type \w+ implements UserError (?:@shareable )?\{)/g,
        '$1 help: String',
      ),
  },
  {
    code: 'SATISFIABILITY_ERROR',
    title: 'a field is added where nothing leads',
    subgraph: 'orders',
    edit: replace(variantInOrders, `${variantInOrders} shelfLife: Int`),
  },

  // @override.
  {
    code: 'OVERRIDE_FROM_SELF_ERROR',
    title: 'it overrides its own field',
    subgraph: 'accounts',
    edit: replace('emailVerified: Boolean!', 'emailVerified: Boolean! @override(from: "accounts")'),
  },
  {
    code: 'OVERRIDE_COLLISION_WITH_ANOTHER_DIRECTIVE',
    title: 'it overrides an external field',
    subgraph: 'orders',
    edit: replace(
      userInOrders,
      `${userInOrders} name: String! @external @override(from: "accounts") a: Int @requires(fields: "name")`,
    ),
  },
  {
    code: 'OVERRIDE_ON_INTERFACE',
    title: 'it overrides the field of an interface',
    subgraph: 'accounts',
    edit: replace(codeOfUserError, 'interface UserError {\n$1\n  code: ErrorCode! @override(from: "orders")'),
  },
  {
    code: 'OVERRIDE_LABEL_INVALID',
    title: 'an override has a label that is none',
    subgraph: 'orders',
    edit: replace(userInOrders, `${userInOrders} name: String! @override(from: "accounts", label: "10%")`),
  },

  // @inaccessible.
  {
    code: 'REFERENCED_INACCESSIBLE',
    title: 'a type is inaccessible and returned',
    subgraph: 'accounts',
    edit: replace('type Address @key(fields: "id")', 'type Address @key(fields: "id") @inaccessible'),
  },
  {
    code: 'DEFAULT_VALUE_USES_INACCESSIBLE',
    title: 'a default is inaccessible',
    subgraph: 'catalog',
    edit: replace(/\n(\s+)NAME_ASC\n/, '\n$1NAME_ASC @inaccessible\n'),
  },
  {
    code: 'QUERY_ROOT_TYPE_INACCESSIBLE',
    title: 'the root of queries is inaccessible',
    subgraph: 'accounts',
    edit: replace('type Query {', 'type Query @inaccessible {'),
  },
  {
    code: 'REQUIRED_INACCESSIBLE',
    title: 'an input field that must be given is inaccessible',
    subgraph: 'accounts',
    edit: replace(/(input SignUpInput \{[^}]*?email: \w+!)/, '$1 @inaccessible'),
  },
  {
    code: 'IMPLEMENTED_BY_INACCESSIBLE',
    title: 'a field of an interface is inaccessible in a type',
    subgraph: 'accounts',
    edit: replace(
      /(type WeakPasswordError implements UserError \{[^}]*?message: String!)/,
      '$1 @inaccessible',
    ),
  },
  {
    code: 'ONLY_INACCESSIBLE_CHILDREN',
    title: 'all fields of a type are inaccessible',
    subgraph: 'inventory',
    edit: replace(/type Availability \{[^}]*\}/, 'type Availability { a: Boolean @inaccessible }'),
  },

  // Context, cost and rights.
  {
    code: 'CONTEXT_NOT_SET',
    title: 'a context is used and not set',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'type Thing @key(fields: "id") { id: ID! a(b: Int @fromContext(field: "$ctx { c }")): Int }',
    ),
  },
  {
    code: 'CONTEXT_INVALID_SELECTION',
    title: 'a context is selected twice',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'type Outer @key(fields: "id") @context(name: "ctx") { id: ID! c: Int d: Int thing: Thing } type Thing @key(fields: "id") { id: ID! a(b: Int @fromContext(field: "$ctx { c d }")): Int }',
    ),
  },
  {
    code: 'NO_CONTEXT_IN_SELECTION',
    title: 'a context is not named',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'type Outer @key(fields: "id") @context(name: "ctx") { id: ID! c: Int thing: Thing } type Thing @key(fields: "id") { id: ID! a(b: Int @fromContext(field: "{ c }")): Int }',
    ),
  },
  {
    code: 'CONTEXT_NO_RESOLVABLE_KEY',
    title: 'a context ends at a type that cannot be entered',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'type Outer @key(fields: "id") @context(name: "ctx") { id: ID! c: Int thing: Thing } type Thing @key(fields: "id", resolvable: false) { id: ID! a(b: Int @fromContext(field: "$ctx { c }")): Int }',
    ),
  },
  {
    code: 'CONTEXT_NAME_INVALID',
    title: 'a context has a name that is none',
    subgraph: 'accounts',
    edit: appendBy('v2.11', 'type Outer @key(fields: "id") @context(name: "c_t-x") { id: ID! c: Int }'),
  },
  {
    code: 'CONTEXTUAL_ARGUMENT_NOT_CONTEXTUAL_IN_ALL_SUBGRAPHS',
    title: 'an argument comes from a context here and from clients there',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'type PriceList @key(fields: "id") { id: ID! price(variantId: ID @fromContext(field: "$ctx { c }")): Price } type Price { a: Int } type Outer @key(fields: "id") @context(name: "ctx") { id: ID! c: ID! v: PriceList }',
    ),
  },
  {
    code: 'COST_APPLIED_TO_INTERFACE_FIELD',
    title: 'a field of an interface has a cost',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'interface Thing { a: Int @cost(weight: 3) } type Ball implements Thing { a: Int }',
    ),
  },
  {
    code: 'LIST_SIZE_APPLIED_TO_NON_LIST',
    title: 'what is no list has a size',
    subgraph: 'accounts',
    edit: appendBy('v2.11', 'type Ball { a: Int @listSize(assumedSize: 3) }'),
  },
  {
    code: 'LIST_SIZE_INVALID_ASSUMED_SIZE',
    title: 'a list has a size below zero',
    subgraph: 'accounts',
    edit: appendBy('v2.11', 'type Ball { a: [Int] @listSize(assumedSize: -3) }'),
  },
  {
    code: 'LIST_SIZE_INVALID_SIZED_FIELD',
    title: 'a size names an unknown field',
    subgraph: 'accounts',
    edit: appendBy('v2.11', 'type Ball { a: Ball @listSize(assumedSize: 3, sizedFields: ["b"]) }'),
  },
  {
    code: 'LIST_SIZE_INVALID_SLICING_ARGUMENT',
    title: 'a size names an unknown argument',
    subgraph: 'accounts',
    edit: appendBy('v2.11', 'type Ball { a(first: Int): [Int] @listSize(slicingArguments: ["last"]) }'),
  },
  {
    code: 'AUTH_REQUIREMENTS_APPLIED_ON_INTERFACE',
    title: 'a field of an interface needs a sign-in',
    subgraph: 'accounts',
    edit: appendBy(
      'v2.11',
      'interface Thing { a: Int @authenticated } type Ball implements Thing { a: Int }',
    ),
  },
  {
    code: 'MISSING_TRANSITIVE_AUTH_REQUIREMENTS',
    title: 'a field needs a sign-in that what requires it does not',
    subgraph: 'catalog',
    edit: replace('  variants: [ProductVariant!]!\n', '  variants: [ProductVariant!]! @authenticated\n'),
  },
];

/** The other errors of the library, and why one edit of one schema does not lead there. */
export const notByOneEdit: Readonly<Record<string, string>> = {
  INVALID_SUBGRAPH_NAME: 'names are in rover.yaml, whose reader refuses this one',
  NO_QUERIES: 'six subgraphs have queries',
  OVERRIDE_SOURCE_HAS_OVERRIDE: 'two subgraphs have to override one field',
  INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE: 'two subgraphs have to declare one interface with a key',
  SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: 'two subgraphs have to share a field of an abstract type',
  TYPE_WITH_ONLY_UNUSED_EXTERNAL: 'of federation 1, whose types of this kind the library drops',
  DISALLOWED_INACCESSIBLE: 'what is not allowed to be inaccessible is not merged from a subgraph',
  UNKNOWN_LINK_VERSION: 'a subgraph gets a link of the known version first, so that this is an invalid link',
  UNSUPPORTED_LINKED_FEATURE: 'of a supergraph; the features of a subgraph have no purpose that is merged',
  UNSUPPORTED_FEATURE: 'the library no longer throws it',
  INVALID_FEDERATION_SUPERGRAPH: 'of a supergraph that was not composed',
  DOWNSTREAM_SERVICE_ERROR: 'of the execution',
  MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED: 'of graphs far larger than this one',
};
